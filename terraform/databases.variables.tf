variable "use_sample_data" {
  type        = bool
  description = "Whether Extract uses generated sample tables; no OLTP database is needed then."
  default     = false
}

variable "oltp" {
  type = object({
    host             = string
    port             = optional(number, 5432)
    database         = optional(string, "totesys")
    user             = string
    schema           = optional(string, "public")
    ssl_mode         = optional(string, "require")
    root_certificate = optional(string)
  })
  sensitive   = true
  description = "The OLTP database. root_certificate is a file in the function's file system, such as /opt/authority.pem out of one of certificate_layers."
  default     = null

  validation {
    condition     = var.oltp != null || var.use_sample_data
    error_message = "oltp names the OLTP database ({host, user, ...}); only with use_sample_data = true is none needed."
  }

  validation {
    condition     = var.oltp == null || try(contains(["disable", "prefer", "require", "verify-ca", "verify-full"], var.oltp.ssl_mode), false)
    error_message = "oltp.ssl_mode is disable, prefer, require, verify-ca or verify-full, such as verify-full."
  }

  validation {
    condition     = var.oltp == null || try(var.oltp.port >= 1 && var.oltp.port <= 65535, false)
    error_message = "oltp.port is from 1 to 65535."
  }

  validation {
    condition     = var.oltp_iam_resource_id == null || !contains(["disable", "prefer"], try(var.oltp.ssl_mode, "require"))
    error_message = "With oltp_iam_resource_id oltp.ssl_mode is require, verify-ca or verify-full: a token goes over TLS alone."
  }
}

variable "oltp_password" {
  type        = string
  description = "The password of the OLTP role. It lies in the configuration and in the state then: prefer oltp_password_secret_arn."
  default     = null
  sensitive   = true

  validation {
    condition     = var.use_sample_data || length(compact([var.oltp_password, var.oltp_password_secret_arn, var.oltp_iam_resource_id])) == 1
    error_message = "Give exactly one of oltp_password, oltp_password_secret_arn and oltp_iam_resource_id."
  }
}

variable "oltp_password_secret_arn" {
  type        = string
  sensitive   = true
  description = "The ARN of the Secrets Manager secret that holds the password of the OLTP role, as it is or as the field password of a JSON object."
  default     = null

  validation {
    condition     = var.oltp_password_secret_arn == null || can(regex("^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+$", var.oltp_password_secret_arn))
    error_message = "oltp_password_secret_arn is the ARN of a secret, such as arn:aws:secretsmanager:eu-west-2:123456789012:secret:totesys-etl/oltp-AbCdEf."
  }
}

variable "oltp_iam_resource_id" {
  type        = string
  sensitive   = true
  description = "The resource id of the Amazon RDS instance (db-…), Aurora cluster (cluster-…) or proxy (prx-…) of the OLTP database, where the role proves itself by IAM and has no password."
  default     = null

  validation {
    condition     = var.oltp_iam_resource_id == null || can(regex("^(db|cluster|prx)-[A-Za-z0-9]+$", var.oltp_iam_resource_id))
    error_message = "oltp_iam_resource_id is a resource id, such as db-ABCDEFGHIJKL01234: aws rds describe-db-instances --query 'DBInstances[].[DBInstanceIdentifier,DbiResourceId]'"
  }
}

variable "warehouse" {
  type = object({
    host             = string
    port             = optional(number, 5432)
    database         = optional(string, "warehouse")
    user             = string
    schema           = optional(string, "public")
    ssl_mode         = optional(string, "require")
    root_certificate = optional(string)
  })
  sensitive   = true
  description = "The warehouse. root_certificate is a file in the function's file system, such as /opt/authority.pem out of one of certificate_layers."

  validation {
    condition     = contains(["disable", "prefer", "require", "verify-ca", "verify-full"], var.warehouse.ssl_mode)
    error_message = "warehouse.ssl_mode is disable, prefer, require, verify-ca or verify-full."
  }

  validation {
    condition     = var.warehouse.port >= 1 && var.warehouse.port <= 65535
    error_message = "warehouse.port is from 1 to 65535."
  }

  validation {
    condition     = var.warehouse_iam_resource_id == null || !contains(["disable", "prefer"], try(var.warehouse.ssl_mode, "require"))
    error_message = "With warehouse_iam_resource_id warehouse.ssl_mode is require, verify-ca or verify-full: a token goes over TLS alone."
  }
}

variable "warehouse_password" {
  type        = string
  description = "The password of the warehouse role. It lies in the configuration and in the state then: prefer warehouse_password_secret_arn."
  default     = null
  sensitive   = true

  validation {
    condition     = length(compact([var.warehouse_password, var.warehouse_password_secret_arn, var.warehouse_iam_resource_id])) == 1
    error_message = "Give exactly one of warehouse_password, warehouse_password_secret_arn and warehouse_iam_resource_id."
  }
}

variable "warehouse_password_secret_arn" {
  type        = string
  sensitive   = true
  description = "The ARN of the Secrets Manager secret that holds the password of the warehouse role, as it is or as the field password of a JSON object."
  default     = null

  validation {
    condition     = var.warehouse_password_secret_arn == null || can(regex("^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+$", var.warehouse_password_secret_arn))
    error_message = "warehouse_password_secret_arn is the ARN of a secret, such as arn:aws:secretsmanager:eu-west-2:123456789012:secret:totesys-etl/warehouse-AbCdEf."
  }
}

variable "warehouse_iam_resource_id" {
  type        = string
  sensitive   = true
  description = "The resource id of the Amazon RDS instance (db-…), Aurora cluster (cluster-…) or proxy (prx-…) of the warehouse, where the role proves itself by IAM and has no password."
  default     = null

  validation {
    condition     = var.warehouse_iam_resource_id == null || can(regex("^(db|cluster|prx)-[A-Za-z0-9]+$", var.warehouse_iam_resource_id))
    error_message = "warehouse_iam_resource_id is a resource id, such as db-ABCDEFGHIJKL01234: aws rds describe-db-instances --query 'DBInstances[].[DBInstanceIdentifier,DbiResourceId]'"
  }
}

variable "secrets_extension_layer_arn" {
  type        = string
  description = "The ARN of a version of the AWS Parameters and Secrets Lambda extension for this region and architecture; null for the newest one, which AWS publishes."
  default     = null

  validation {
    condition     = var.secrets_extension_layer_arn == null || can(regex("^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:layer:[A-Za-z0-9_-]+:[0-9]+$", var.secrets_extension_layer_arn))
    error_message = "secrets_extension_layer_arn is the ARN of a layer version: arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION."
  }
}

variable "certificate_layers" {
  type        = list(string)
  description = "ARNs of layer versions for Extract and Load that hold root certificates, for ssl_mode verify-ca and verify-full."
  default     = []

  validation {
    condition     = alltrue([for arn in var.certificate_layers : can(regex("^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:layer:[A-Za-z0-9_-]+:[0-9]+$", arn))])
    error_message = "certificate_layers are ARNs of layer versions: arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION."
  }
}
