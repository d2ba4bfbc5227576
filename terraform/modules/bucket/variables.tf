variable "name" {
  type        = string
  description = "The bucket's name."

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "A bucket's name has 3 to 63 lower-case letters, digits and hyphens, and begins and ends with a letter or digit."
  }
}

variable "cheaper_after_days" {
  type        = number
  description = "After how many days an object moves to Standard-IA; null for never."
  default     = null

  validation {
    condition     = var.cheaper_after_days == null || try(var.cheaper_after_days >= 30, false)
    error_message = "cheaper_after_days is 30 or more, or null."
  }
}

variable "expire_after_days" {
  type        = number
  description = "After how many days an object is deleted; null for never."
  default     = null

  validation {
    condition     = var.expire_after_days == null || try(var.expire_after_days >= 30, false)
    error_message = "expire_after_days is 30 or more, or null."
  }

  validation {
    condition     = try(var.expire_after_days > var.cheaper_after_days, true)
    error_message = "expire_after_days is more than cheaper_after_days: S3 moves nothing that is gone."
  }
}

variable "keep_overwritten_days" {
  type        = number
  description = "For how many days S3 keeps what was overwritten or deleted, so that a mistake can be undone."

  validation {
    condition     = var.keep_overwritten_days >= 1
    error_message = "keep_overwritten_days is 1 or more."
  }
}

variable "tags" {
  type        = map(string)
  description = "The bucket's tags, beside those of the provider."
  default     = {}
}
