locals {
  # The two groups of settings, under the prefixes that the functions look for when nothing else is said.
  oltp_environment = var.use_sample_data ? {} : merge(
    local.oltp_connection,
    var.oltp_password_secret_arn == null ? { TOTE_SYS_DB_PASSWORD = var.oltp_password } : { TOTE_SYS_DB_PASSWORD_SECRET = var.oltp_password_secret_arn },
  )

  warehouse_environment = merge(
    local.warehouse_connection,
    var.warehouse_password_secret_arn == null ? { WAREHOUSE_DB_PASSWORD = var.warehouse_password } : { WAREHOUSE_DB_PASSWORD_SECRET = var.warehouse_password_secret_arn },
  )

  oltp_connection = { for setting, value in {
    TOTE_SYS_DB_HOST        = try(var.oltp.host, null)
    TOTE_SYS_DB_PORT        = try(var.oltp.port, null)
    TOTE_SYS_DB_DB          = try(var.oltp.database, null)
    TOTE_SYS_DB_USER        = try(var.oltp.user, null)
    TOTE_SYS_DB_SCHEMA      = try(var.oltp.schema, null)
    TOTE_SYS_DB_SSLMODE     = try(var.oltp.ssl_mode, null)
    TOTE_SYS_DB_SSLROOTCERT = try(var.oltp.root_certificate, null)
  } : setting => tostring(value) if value != null }

  warehouse_connection = { for setting, value in {
    WAREHOUSE_DB_HOST        = var.warehouse.host
    WAREHOUSE_DB_PORT        = var.warehouse.port
    WAREHOUSE_DB_DB          = var.warehouse.database
    WAREHOUSE_DB_USER        = var.warehouse.user
    WAREHOUSE_DB_SCHEMA      = var.warehouse.schema
    WAREHOUSE_DB_SSLMODE     = var.warehouse.ssl_mode
    WAREHOUSE_DB_SSLROOTCERT = var.warehouse.root_certificate
  } : setting => tostring(value) if value != null }

  oltp_secret      = var.use_sample_data ? [] : var.oltp_password_secret_arn[*]
  warehouse_secret = var.warehouse_password_secret_arn[*]

  # A function that reads a secret gets the extension that serves it on localhost, and the right to that one secret.
  extract_layers = concat(var.certificate_layers, [for secret in local.oltp_secret : var.secrets_extension_layer_arn])
  load_layers    = concat(var.certificate_layers, [for secret in local.warehouse_secret : var.secrets_extension_layer_arn])
}
