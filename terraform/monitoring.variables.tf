variable "alarm_email" {
  type        = string
  description = "Who is told of alarms. AWS asks this address to confirm once."
  sensitive   = true

  validation {
    condition     = can(regex("^[^@[:space:]]+@[^@[:space:]]+[.][^@[:space:]]+$", var.alarm_email))
    error_message = "alarm_email is an e-mail address, such as data-team@example.com."
  }
}

variable "stale_after_minutes" {
  type        = number
  description = "After how many minutes without a success of Extract, of Transform or of Load an alarm goes off."
  default     = 20

  validation {
    condition     = var.stale_after_minutes % 5 == 0 && var.stale_after_minutes >= 10 && var.stale_after_minutes <= 1440
    error_message = "stale_after_minutes is a multiple of 5 from 10 to 1440, such as 20."
  }

  validation {
    condition     = var.stale_after_minutes >= 5 + max(var.extract_every_minutes, var.sweep_every_minutes)
    error_message = "stale_after_minutes is at least 5 minutes more than the interval of each schedule, or every pause between two runs would be an alarm."
  }
}

variable "lag_after_minutes" {
  type        = number
  description = "Above how many minutes between a commit in the source and the warehouse an alarm goes off."
  default     = 20

  validation {
    condition     = var.lag_after_minutes >= 1 && var.lag_after_minutes <= 1440
    error_message = "lag_after_minutes is from 1 to 1440, such as 20."
  }
}

variable "verified_after_hours" {
  type        = number
  description = "Above how many hours since every row was last compared with the source an alarm goes off. The daily round takes 24."
  default     = 36

  validation {
    condition     = var.verified_after_hours >= 25 && var.verified_after_hours <= 720
    error_message = "verified_after_hours is from 25 to 720, such as 36: a round takes a day."
  }
}

variable "monthly_budget" {
  type        = number
  description = "The US dollars a month above which AWS sends an e-mail; null for no budget. It counts the whole account, databases and all: set it to what you expect."
  default     = 50

  validation {
    condition     = var.monthly_budget == null || try(var.monthly_budget >= 1, false)
    error_message = "monthly_budget is 1 or more US dollars, such as 50, or null."
  }
}

variable "metrics" {
  type        = string
  description = "Which figures become metrics: alarms for those that alarms look at, stages for all of each stage (11 more), tables for those of each table, too (some 100 more for 11 tables). CloudWatch asks $0.30 a month for each; the log has all figures in any case."
  default     = "alarms"

  validation {
    condition     = contains(["alarms", "stages", "tables"], var.metrics)
    error_message = "metrics is alarms, stages or tables, such as alarms."
  }
}

variable "log_level" {
  type        = string
  description = "The level of the functions' log: Trace, Debug or Information."
  default     = "Information"

  validation {
    condition     = contains(["Trace", "Debug", "Information"], var.log_level)
    error_message = "log_level is Trace, Debug or Information: above it, the lines that tell what was loaded would be missing."
  }
}

variable "log_retention_days" {
  type        = number
  description = "For how many days logs are kept."
  default     = 90

  validation {
    condition     = contains([7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days is a period that CloudWatch Logs knows, a week or more: 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}
