variable "packages" {
  type        = object({ extract = string, transform = string, load = string })
  description = "The keys of the three zips in the code bucket: {stage}/{SHA-256 of the zip}.zip."

  validation {
    condition     = alltrue([for key in values(var.packages) : can(regex("^[a-z]+/[0-9a-f]{64}[.]zip$", key))])
    error_message = "packages are keys of the form extract/HASH.zip, the hash being the zip's SHA-256 in 64 hexadecimal digits."
  }
}

variable "tables" {
  type        = list(string)
  description = "The source tables to ingest."
  default = [
    "address", "counterparty", "currency", "department", "design", "payment", "payment_type", "purchase_order", "sales_order", "staff", "transaction",
  ]

  validation {
    condition     = length(var.tables) > 0 && alltrue([for table in var.tables : can(regex("^[a-z_][a-z0-9_]{0,62}$", table))])
    error_message = "tables are one or more names of tables, in lower-case letters, digits and underscores."
  }

  validation {
    condition     = length(distinct(var.tables)) == length(var.tables)
    error_message = "tables names a table twice."
  }

  validation {
    condition = alltrue([
      !contains(var.tables, "staff") || contains(var.tables, "department"),
      !contains(var.tables, "counterparty") || contains(var.tables, "address"),
    ])
    error_message = "tables has department where it has staff, and address where it has counterparty: their dimensions are made of both."
  }
}

variable "calendar" {
  type        = object({ start = string, days = number })
  description = "The first day of dim_date and how many days it has."
  default     = { start = "2024-01-01", days = 2557 }

  validation {
    condition     = can(formatdate("YYYY", "${var.calendar.start}T00:00:00Z"))
    error_message = "calendar.start is a day, written 2024-01-01."
  }

  validation {
    condition     = var.calendar.days >= 1 && var.calendar.days <= 100000 && floor(var.calendar.days) == var.calendar.days
    error_message = "calendar.days is a whole number from 1 to 100000."
  }
}

variable "extract_size" {
  type = object({
    memory_mb       = optional(number, 512)
    timeout_seconds = optional(number, 240)
    storage_mb      = optional(number, 1024)
  })
  description = "Memory, time-out and temporary storage of Extract. The storage holds one new version of each table at once."
  default     = {}

  validation {
    condition     = var.extract_size.memory_mb >= 128 && var.extract_size.memory_mb <= 10240
    error_message = "extract_size.memory_mb is from 128 to 10240."
  }

  validation {
    condition     = var.extract_size.storage_mb >= 512 && var.extract_size.storage_mb <= 10240
    error_message = "extract_size.storage_mb is from 512 to 10240."
  }

  validation {
    condition     = var.extract_size.timeout_seconds >= 30 && var.extract_size.timeout_seconds <= min(900, 60 * var.extract_every_minutes - 1)
    error_message = "extract_size.timeout_seconds is from 30 to 900, and below the interval of the schedule, so that no two runs meet."
  }
}

variable "transform_size" {
  type = object({
    memory_mb       = optional(number, 512)
    timeout_seconds = optional(number, 300)
    storage_mb      = optional(number, 1024)
  })
  description = "Memory, time-out and temporary storage of Transform."
  default     = {}

  validation {
    condition     = var.transform_size.memory_mb >= 128 && var.transform_size.memory_mb <= 10240
    error_message = "transform_size.memory_mb is from 128 to 10240."
  }

  validation {
    condition     = var.transform_size.storage_mb >= 512 && var.transform_size.storage_mb <= 10240
    error_message = "transform_size.storage_mb is from 512 to 10240."
  }

  validation {
    condition     = var.transform_size.timeout_seconds >= 30 && var.transform_size.timeout_seconds <= 900
    error_message = "transform_size.timeout_seconds is from 30 to 900."
  }
}

variable "load_size" {
  type = object({
    memory_mb       = optional(number, 1024)
    timeout_seconds = optional(number, 300)
    storage_mb      = optional(number, 1024)
  })
  description = "Memory, time-out and temporary storage of Load. DuckDB reads the Parquet, in memory and in several threads."
  default     = {}

  validation {
    condition     = var.load_size.memory_mb >= 256 && var.load_size.memory_mb <= 10240
    error_message = "load_size.memory_mb is from 256 to 10240."
  }

  validation {
    condition     = var.load_size.storage_mb >= 512 && var.load_size.storage_mb <= 10240
    error_message = "load_size.storage_mb is from 512 to 10240."
  }

  validation {
    condition     = var.load_size.timeout_seconds >= 30 && var.load_size.timeout_seconds <= 900
    error_message = "load_size.timeout_seconds is from 30 to 900."
  }
}

variable "reserved_concurrency" {
  type        = number
  description = "How many invocations of each function may run at once; null for no reservation. The pipeline is right without it, and a new account may be unable to reserve."
  default     = null

  validation {
    condition     = var.reserved_concurrency == null || try(var.reserved_concurrency >= 1 && floor(var.reserved_concurrency) == var.reserved_concurrency, false)
    error_message = "reserved_concurrency is a whole number, 1 or more, or null."
  }
}
