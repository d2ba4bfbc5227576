-- The point that the company's life has reached. It changes in the same transactions as the company, so that a killed demo leaves no doubt.
CREATE SCHEMA demo;

CREATE TABLE demo.day (
    moment timestamptz NOT NULL,
    is_loaded boolean NOT NULL
);
