variable "packages" {
  type = object({
    extract   = object({ key = string, hash = string })
    transform = object({ key = string, hash = string })
    load      = object({ key = string, hash = string })
  })
  description = "The three zips: their keys in the code bucket, {stage}/{SHA-256 of the zip}.zip, and their SHA-256 in base64. .ci/deploy/package-variables writes them."

  validation {
    condition     = alltrue([for package in values(var.packages) : can(regex("^[a-z]+/[0-9a-f]{64}[.]zip$", package.key))])
    error_message = "packages have keys of the form extract/HASH.zip, the hash being the zip's SHA-256 in 64 hexadecimal digits."
  }

  validation {
    condition     = alltrue([for package in values(var.packages) : can(regex("^[A-Za-z0-9+/]{43}=$", package.hash))])
    error_message = "packages have hashes of 44 characters: the zip's SHA-256 in base64, as Lambda gives it."
  }
}

variable "architecture" {
  type        = string
  description = "The processor that the functions run on: x86_64, or arm64, which costs a fifth less. The zips have to be compiled for it."
  default     = "x86_64"

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "architecture is x86_64 or arm64."
  }
}

variable "tables" {
  type        = list(string)
  description = "The source tables to ingest: names; `view(column, ...)` for a view with its key; or `*` for all, and `!table` for all but one."
  default = [
    "address", "counterparty", "currency", "department", "design", "payment", "payment_type", "purchase_order", "sales_order", "staff", "transaction",
  ]

  validation {
    condition = length(var.tables) > 0 && alltrue([for table in var.tables :
    table == "*" || can(regex("^!?[a-z_][a-z0-9_]{0,62}$", table)) || can(regex("^[a-z_][a-z0-9_]{0,62}[(][a-z0-9_]+( *, *[a-z0-9_]+)*[)]$", table))])
    error_message = "tables are one or more names of tables in lower-case letters, digits and underscores, such as sales_order, daily_totals(day, shop), * or !audit_log."
  }

  validation {
    condition     = length(distinct(var.tables)) == length(var.tables)
    error_message = "tables names a table twice."
  }

  validation {
    condition = anytrue([for table in var.tables : table == "*" || startswith(table, "!")]) || alltrue([
      !contains(var.tables, "staff") || contains(var.tables, "department"),
      !contains(var.tables, "counterparty") || contains(var.tables, "address"),
    ])
    error_message = "tables has department where it has staff, and address where it has counterparty: their dimensions are made of both."
  }
}

variable "tables_emptied" {
  type        = list(string)
  description = "The tables that may lose most of their rows at once as a matter of course, such as queues."
  default     = []

  validation {
    condition     = alltrue([for table in var.tables_emptied : can(regex("^[a-z_][a-z0-9_]{0,62}$", table))])
    error_message = "tables_emptied are names of tables in lower-case letters, digits and underscores, such as job_queue."
  }
}

variable "tables_copied" {
  type        = list(string)
  description = "The tables that are carried as they are (stg_TABLE) although the project has a target for one of that name; [\"*\"] for all."
  default     = []

  validation {
    condition     = alltrue([for table in var.tables_copied : can(regex("^([*]|!?[a-z_][a-z0-9_]{0,62})$", table))])
    error_message = "tables_copied are names of tables in lower-case letters, digits and underscores, such as staff, or * for all."
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
  description = "Memory, time-out and temporary storage of Extract. The storage holds a version on its way."
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
  type = object({
    extract   = optional(number)
    transform = optional(number)
    load      = optional(number)
  })
  description = "How many invocations of a function may run at once, which are kept free for it; null for no reservation. The pipeline is right without. Load with 2 opens no more than 2 connections to the warehouse, however many versions come at once; an account whose limit is below 1,000 can't reserve that."
  default     = {}

  validation {
    condition     = alltrue([for number in values(var.reserved_concurrency) : number == null || try(number >= 1 && floor(number) == number, false)])
    error_message = "reserved_concurrency has whole numbers, 1 or more, or null, such as {load = 2}."
  }
}
