variable "name" {
  type        = string
  description = "What the pipeline is called, as in the configuration that is deployed."
  default     = "totesys-etl"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", var.name))
    error_message = "name has 3 to 24 lower-case letters, digits and hyphens, begins with a letter and does not end with a hyphen."
  }
}

variable "region" {
  type        = string
  description = "The AWS region of the pipeline."
  default     = "eu-west-2"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region is the code of an AWS region, such as eu-west-2."
  }
}

variable "repository" {
  type        = string
  description = "The GitHub repository that deploys, as OWNER/NAME."

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.repository))
    error_message = "repository is written OWNER/NAME."
  }
}

variable "makes_github_provider" {
  type        = bool
  description = "Whether to make the account's OIDC provider for GitHub; false where the account has it already (it can have one)."
  default     = true
}

variable "lake_buckets" {
  type        = list(string)
  description = "The names of the ingestion and processed buckets, where the deployed configuration names them itself."
  default     = []

  validation {
    condition     = alltrue([for name in var.lake_buckets : can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", name))])
    error_message = "A bucket's name has 3 to 63 lower-case letters, digits and hyphens, and begins and ends with a letter or digit."
  }
}
