CREATE TABLE IF NOT EXISTS fact_sales_order (
    sales_record_id serial PRIMARY KEY,
    sales_order_id integer NOT NULL,
    created_date date NOT NULL REFERENCES dim_date,
    created_time time NOT NULL,
    last_updated_date date NOT NULL REFERENCES dim_date,
    last_updated_time time NOT NULL,
    sales_staff_id integer NOT NULL REFERENCES dim_staff,
    counterparty_id integer NOT NULL REFERENCES dim_counterparty,
    units_sold integer NOT NULL,
    unit_price numeric(10, 2) NOT NULL,
    currency_id integer NOT NULL REFERENCES dim_currency,
    design_id integer NOT NULL REFERENCES dim_design,
    agreed_payment_date date NOT NULL REFERENCES dim_date,
    agreed_delivery_date date NOT NULL REFERENCES dim_date,
    agreed_delivery_location_id integer NOT NULL REFERENCES dim_location,
    is_deleted boolean NOT NULL DEFAULT false
);

CREATE TABLE IF NOT EXISTS fact_purchase_order (
    purchase_record_id serial PRIMARY KEY,
    purchase_order_id integer NOT NULL,
    created_date date NOT NULL REFERENCES dim_date,
    created_time time NOT NULL,
    last_updated_date date NOT NULL REFERENCES dim_date,
    last_updated_time time NOT NULL,
    staff_id integer NOT NULL REFERENCES dim_staff,
    counterparty_id integer NOT NULL REFERENCES dim_counterparty,
    item_code varchar NOT NULL,
    item_quantity integer NOT NULL,
    item_unit_price numeric(10, 2) NOT NULL,
    currency_id integer NOT NULL REFERENCES dim_currency,
    agreed_delivery_date date NOT NULL REFERENCES dim_date,
    agreed_payment_date date NOT NULL REFERENCES dim_date,
    agreed_delivery_location_id integer NOT NULL REFERENCES dim_location,
    is_deleted boolean NOT NULL DEFAULT false
);

CREATE TABLE IF NOT EXISTS fact_payment (
    payment_record_id serial PRIMARY KEY,
    payment_id integer NOT NULL,
    created_date date NOT NULL REFERENCES dim_date,
    created_time time NOT NULL,
    last_updated_date date NOT NULL REFERENCES dim_date,
    last_updated_time time NOT NULL,
    transaction_id integer NOT NULL REFERENCES dim_transaction,
    counterparty_id integer NOT NULL REFERENCES dim_counterparty,
    payment_amount numeric(10, 2) NOT NULL,
    currency_id integer NOT NULL REFERENCES dim_currency,
    payment_type_id integer NOT NULL REFERENCES dim_payment_type,
    paid boolean NOT NULL,
    payment_date date NOT NULL REFERENCES dim_date,
    is_deleted boolean NOT NULL DEFAULT false
);
