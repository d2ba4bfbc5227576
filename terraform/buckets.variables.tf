variable "ingestion_bucket" {
  type        = string
  description = "The name of the ingestion bucket; null for {name}-ingestion-{account}."
  default     = null

  validation {
    condition     = var.ingestion_bucket == null || can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.ingestion_bucket))
    error_message = "ingestion_bucket has 3 to 63 lower-case letters, digits and hyphens, and begins and ends with a letter or digit, such as totesys-lake."
  }
}

variable "processed_bucket" {
  type        = string
  description = "The name of the processed bucket; null for {name}-processed-{account}."
  default     = null

  validation {
    condition     = var.processed_bucket == null || can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.processed_bucket))
    error_message = "processed_bucket has 3 to 63 lower-case letters, digits and hyphens, and begins and ends with a letter or digit, such as totesys-lake."
  }

  validation {
    condition     = var.processed_bucket == null || var.processed_bucket != var.ingestion_bucket
    error_message = "processed_bucket and ingestion_bucket are two buckets: give them different names."
  }
}

variable "code_bucket" {
  type        = string
  description = "The name of the bucket that holds the functions' zips, which bootstrap/ makes; null for {name}-code-{account}."
  default     = null

  validation {
    condition     = var.code_bucket == null || can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.code_bucket))
    error_message = "code_bucket has 3 to 63 lower-case letters, digits and hyphens, and begins and ends with a letter or digit, such as totesys-lake."
  }
}

variable "expire_after_days" {
  type        = number
  description = "After how many days a version in either bucket is deleted; null to keep all. The pipeline itself never reads what is older than a day, unless it was paused."
  default     = 60

  validation {
    condition     = var.expire_after_days == null || try(var.expire_after_days >= 30 && floor(var.expire_after_days) == var.expire_after_days, false)
    error_message = "expire_after_days is a whole number of days, 30 or more, such as 60, or null."
  }
}

variable "cheaper_after_days" {
  type        = number
  description = "After how many days a version moves to Standard-IA, which costs half as much to keep; null for never. It pays where versions are kept for long: S3 charges for a month there, and leaves objects below 128 KB where they are."
  default     = null

  validation {
    condition     = var.cheaper_after_days == null || try(var.cheaper_after_days >= 30 && floor(var.cheaper_after_days) == var.cheaper_after_days, false)
    error_message = "cheaper_after_days is a whole number of days, 30 or more, such as 30, or null: S3 moves nothing to Standard-IA sooner."
  }

  validation {
    condition     = try(var.cheaper_after_days < var.expire_after_days, true)
    error_message = "cheaper_after_days is below expire_after_days, such as 30 and 365: S3 moves nothing that is gone."
  }
}
