variable "name" {
  type        = string
  description = "The function's name."

  validation {
    condition     = can(regex("^[a-zA-Z0-9-]{1,64}$", var.name))
    error_message = "A function's name has up to 64 letters, digits and hyphens."
  }
}

variable "description" {
  type        = string
  description = "What the function does, in a sentence."

  validation {
    condition     = length(var.description) <= 256
    error_message = "A function's description has up to 256 characters."
  }
}

variable "package" {
  type        = object({ bucket = string, key = string, hash = string })
  description = "The zip with the executable `bootstrap`: the bucket that it lies in, its key, and its SHA-256 in base64."

  validation {
    condition     = endswith(var.package.key, ".zip")
    error_message = "package.key is the key of a zip."
  }
}

variable "architecture" {
  type        = string
  description = "The processor that the executable was compiled for: x86_64 or arm64."

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "architecture is x86_64 or arm64."
  }
}

variable "size" {
  type        = object({ memory_mb = number, timeout_seconds = number, storage_mb = number })
  description = "What an invocation may use: memory (CPU comes in proportion), seconds, and room for temporary files."

  validation {
    condition     = var.size.memory_mb >= 128 && var.size.memory_mb <= 10240
    error_message = "size.memory_mb is from 128 to 10240."
  }

  validation {
    condition     = var.size.timeout_seconds >= 1 && var.size.timeout_seconds <= 900
    error_message = "size.timeout_seconds is from 1 to 900."
  }

  validation {
    condition     = var.size.storage_mb >= 512 && var.size.storage_mb <= 10240
    error_message = "size.storage_mb is from 512 to 10240."
  }
}

variable "environment" {
  type        = map(string)
  description = "The function's settings."

  validation {
    condition     = alltrue([for name in keys(nonsensitive(var.environment)) : can(regex("^[A-Z][A-Z0-9_]*$", name))])
    error_message = "The names of settings have capital letters, digits and underscores."
  }
}

variable "permissions" {
  type = list(object({
    sid       = string
    actions   = list(string)
    resources = list(string)
    condition = optional(map(map(list(string))), {})
  }))
  description = "What the function's role allows, beyond writing its own log."

  validation {
    condition     = alltrue(flatten([for permission in var.permissions : [for action in permission.actions : !strcontains(action, "*")]]))
    error_message = "permissions name every action: no asterisk."
  }
}

variable "permissions_boundary" {
  type        = string
  description = "The ARN of the policy that bounds what the function's role can do."
}

variable "secrets" {
  type        = list(string)
  description = "ARNs of the secrets that the function reads."
  default     = []
  sensitive   = true
}

variable "database_users" {
  type        = list(string)
  description = "ARNs of the users of Amazon RDS that the function connects as, without a password."
  default     = []
  sensitive   = true
}

variable "has_credentials" {
  type        = bool
  description = "Whether the function has secrets or database users, which is no secret itself."
  default     = false
}

variable "layers" {
  type        = list(string)
  description = "ARNs of layer versions."
  default     = []

  validation {
    condition     = length(var.layers) <= 5
    error_message = "A function has up to five layers."
  }
}

variable "network" {
  type        = object({ subnet_ids = list(string), security_group_ids = list(string) })
  description = "The subnets and security groups that the function runs in; null for none."
  default     = null

  validation {
    condition     = var.network == null || try(length(var.network.subnet_ids) > 0 && length(var.network.security_group_ids) > 0, false)
    error_message = "network has at least one subnet and one security group."
  }
}

variable "repeats" {
  type        = number
  description = "How often Lambda repeats an asynchronous invocation that failed."

  validation {
    condition     = contains([0, 1, 2], var.repeats)
    error_message = "repeats is 0, 1 or 2."
  }
}

variable "keeps_dead_letters" {
  type        = bool
  description = "Whether an event whose repeats have all failed goes to a queue."
}

variable "reserved_concurrency" {
  type        = number
  description = "How many invocations may run at once, and are kept free for this function; null for the account's limit."
  default     = null

  validation {
    condition     = var.reserved_concurrency == null || try(var.reserved_concurrency >= 1, false)
    error_message = "reserved_concurrency is 1 or more, or null."
  }
}

variable "log_retention_days" {
  type        = number
  description = "For how many days the log is kept."

  validation {
    condition     = var.log_retention_days >= 1
    error_message = "log_retention_days is one of the periods that CloudWatch Logs knows, such as 30 or 90."
  }
}
