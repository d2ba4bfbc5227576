variable "alarm_email" {
  type        = string
  description = "Who is told of alarms. AWS asks this address to confirm once."

  validation {
    condition     = can(regex("^[^@[:space:]]+@[^@[:space:]]+[.][^@[:space:]]+$", var.alarm_email))
    error_message = "alarm_email is an e-mail address, such as data-team@example.com."
  }
}

variable "stale_after_minutes" {
  type        = number
  description = "After how many minutes without a success of Extract, or of Load, an alarm goes off: how fresh the warehouse is promised to be."
  default     = 30

  validation {
    condition     = var.stale_after_minutes % 5 == 0 && var.stale_after_minutes >= 10 && var.stale_after_minutes <= 1440
    error_message = "stale_after_minutes is a multiple of 5 from 10 to 1440."
  }

  validation {
    condition     = var.stale_after_minutes >= 2 * max(var.extract_every_minutes, var.sweep_every_minutes)
    error_message = "stale_after_minutes is at least twice the interval of each schedule, so that one lost run is no alarm."
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
