locals {
  # The two groups of settings, under the prefixes that the functions look for when nothing else is said.
  oltp_environment = var.use_sample_data ? {} : merge(
    local.oltp_connection,
    local.oltp_uses_iam ? { TOTE_SYS_DB_AUTHENTICATION = "iam" } :
    var.oltp_password_secret_arn == null ? { TOTE_SYS_DB_PASSWORD = var.oltp_password } : { TOTE_SYS_DB_PASSWORD_SECRET = var.oltp_password_secret_arn },
  )

  warehouse_environment = merge(
    local.warehouse_connection,
    local.warehouse_uses_iam ? { WAREHOUSE_DB_AUTHENTICATION = "iam" } :
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

  reads_oltp_secret      = nonsensitive(length(local.oltp_secret) > 0)
  reads_warehouse_secret = nonsensitive(length(local.warehouse_secret) > 0)

  # Whom a function may connect as, in which database of Amazon RDS, without a password.
  oltp_user      = var.use_sample_data ? [] : [for id in var.oltp_iam_resource_id[*] : "${local.database_users}:${id}/${var.oltp.user}"]
  warehouse_user = [for id in var.warehouse_iam_resource_id[*] : "${local.database_users}:${id}/${var.warehouse.user}"]
  database_users = "arn:${local.partition}:rds-db:${var.region}:${local.account_id}:dbuser"

  oltp_uses_iam      = nonsensitive(length(local.oltp_user) > 0)
  warehouse_uses_iam = nonsensitive(length(local.warehouse_user) > 0)

  # A function that reads a secret gets the extension that serves it on localhost, and the right to that one secret.
  extract_layers = concat(var.certificate_layers, local.reads_oltp_secret ? [local.secrets_extension] : [])
  load_layers    = concat(var.certificate_layers, local.reads_warehouse_secret ? [local.secrets_extension] : [])

  secrets_extension = try(coalesce(var.secrets_extension_layer_arn, one(data.aws_ssm_parameter.secrets_extension[*].insecure_value)), null)
}

# The layer's ARN differs by region and processor; AWS publishes the newest one's.
data "aws_ssm_parameter" "secrets_extension" {
  count = var.secrets_extension_layer_arn == null && (local.reads_oltp_secret || local.reads_warehouse_secret) ? 1 : 0

  name = "/aws/service/aws-parameters-and-secrets-lambda-extension/${var.architecture == "arm64" ? "arm64" : "x86"}/latest"
}
