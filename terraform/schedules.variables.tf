variable "extract_every_minutes" {
  type        = number
  description = "The minutes between two runs of Extract."
  default     = 5

  validation {
    condition     = var.extract_every_minutes >= 1 && var.extract_every_minutes <= 1440 && floor(var.extract_every_minutes) == var.extract_every_minutes
    error_message = "extract_every_minutes is a whole number from 1 to 1440."
  }
}

variable "sweep_every_minutes" {
  type        = number
  description = "The minutes between two sweeps of Transform, and of Load, which bring in what a lost event left behind."
  default     = 15

  validation {
    condition     = var.sweep_every_minutes >= 1 && var.sweep_every_minutes <= 1440 && floor(var.sweep_every_minutes) == var.sweep_every_minutes
    error_message = "sweep_every_minutes is a whole number from 1 to 1440."
  }
}

variable "is_running" {
  type        = bool
  description = "Whether the schedules run. Set it to false to pause the pipeline."
  default     = true
}
