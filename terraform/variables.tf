variable "name" {
  type        = string
  description = "What the pipeline is called: the first part of the name of everything it owns."
  default     = "totesys-etl"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", var.name))
    error_message = "name has 3 to 24 lower-case letters, digits and hyphens, begins with a letter and does not end with a hyphen, such as totesys-etl."
  }
}

variable "region" {
  type        = string
  description = "The AWS region that everything lies in."
  default     = "eu-west-2"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region is the code of an AWS region, such as eu-west-2."
  }
}
