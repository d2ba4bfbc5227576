-- Where in its life the company is. It moves in the transactions that move the company, so that a killed demo leaves no doubt.
CREATE SCHEMA demo;

CREATE TABLE demo.day (
    moment timestamptz NOT NULL,
    is_loaded boolean NOT NULL
);
