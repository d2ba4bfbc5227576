variable "network" {
  type = object({
    subnet_ids         = list(string)
    security_group_ids = list(string)
    vpc_id             = optional(string)
    route_table_ids    = optional(list(string), [])
  })
  description = "Where Extract and Load run if the databases are not public; null for no VPC. With vpc_id and route_table_ids an S3 gateway endpoint is made, which costs nothing; leave them out where there is one."
  default     = null

  validation {
    condition     = var.network == null || try(length(var.network.subnet_ids) > 0 && alltrue([for id in var.network.subnet_ids : can(regex("^subnet-[0-9a-f]+$", id))]), false)
    error_message = "network.subnet_ids has one or more ids of the form subnet-0123abcd."
  }

  validation {
    condition     = var.network == null || try(length(var.network.security_group_ids) > 0 && alltrue([for id in var.network.security_group_ids : can(regex("^sg-[0-9a-f]+$", id))]), false)
    error_message = "network.security_group_ids has one or more ids of the form sg-0123abcd."
  }

  validation {
    condition     = var.network == null || try((var.network.vpc_id == null) == (length(var.network.route_table_ids) == 0), false)
    error_message = "network has both vpc_id and route_table_ids, or neither."
  }
}
