variable "region" {
  type        = string
  description = "The AWS region of the pipeline."
  default     = "eu-west-2"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region is the code of an AWS region, such as eu-west-2."
  }
}

variable "environments" {
  type = map(object({
    name         = string
    lake_buckets = optional(list(string), [])
  }))
  description = "The pipelines, each by its environment on GitHub: its name, with which the names of all that it owns begin, and the names of its two lake buckets if its settings name them."
  default     = { production = { name = "totesys-etl" } }

  validation {
    condition     = length(var.environments) > 0 && alltrue([for environment in keys(var.environments) : can(regex("^[a-z][a-z0-9_]{1,30}$", environment))])
    error_message = "environments has keys of 2 to 31 lower-case letters, digits and underscores that begin with a letter, such as production."
  }

  validation {
    condition     = alltrue([for environment in var.environments : can(regex("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", environment.name))])
    error_message = "environments have names of 3 to 24 lower-case letters, digits and hyphens that begin with a letter and do not end with a hyphen, such as totesys-etl."
  }

  validation {
    condition     = length(distinct([for environment in var.environments : environment.name])) == length(var.environments)
    error_message = "environments has two with one name: give each its own, such as totesys-etl and totesys-etl-staging."
  }

  validation {
    condition     = alltrue(flatten([for environment in var.environments : [for bucket in environment.lake_buckets : can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", bucket))]]))
    error_message = "environments have lake_buckets of 3 to 63 lower-case letters, digits and hyphens that begin and end with a letter or digit, such as totesys-ingestion."
  }
}

variable "repository" {
  type        = string
  description = "The GitHub repository that deploys, as OWNER/NAME."

  validation {
    condition     = can(regex("^[A-Za-z0-9]([A-Za-z0-9-]{0,37}[A-Za-z0-9])?/[A-Za-z0-9._-]{1,100}$", var.repository))
    error_message = "repository is written OWNER/NAME, such as octocat/etl-pipeline."
  }
}

variable "repository_owner_id" {
  type        = string
  description = "The number of the repository's owner on GitHub: gh api repos/OWNER/NAME --jq .owner.id"
  default     = null

  validation {
    condition     = !var.subject_has_ids || can(regex("^[1-9][0-9]{0,18}$", var.repository_owner_id))
    error_message = "repository_owner_id is a number, such as 583231: gh api repos/OWNER/NAME --jq .owner.id"
  }
}

variable "repository_id" {
  type        = string
  description = "The number of the repository on GitHub: gh api repos/OWNER/NAME --jq .id"
  default     = null

  validation {
    condition     = !var.subject_has_ids || can(regex("^[1-9][0-9]{0,18}$", var.repository_id))
    error_message = "repository_id is a number, such as 1296269: gh api repos/OWNER/NAME --jq .id"
  }
}

variable "subject_has_ids" {
  type        = bool
  description = "Whether the repository's tokens name it with the two numbers, as those of repositories do that were made or renamed since 15 July 2026. With false only the names are trusted, and whoever takes over the name of a deleted account is, too: switch the repository over rather than that."
  default     = true
}

variable "branch" {
  type        = string
  description = "The branch that is deployed."
  default     = "main"

  validation {
    condition     = can(regex("^[A-Za-z0-9._/-]{1,100}$", var.branch))
    error_message = "branch is the name of a branch, such as main."
  }
}

variable "makes_github_provider" {
  type        = bool
  description = "Whether to make the account's OIDC provider for GitHub; false if the account has it already (it can have one)."
  default     = true
}
