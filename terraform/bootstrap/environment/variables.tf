variable "name" {
  type        = string
  description = "What the pipeline is called: the first part of the name of everything it owns."
}

variable "region" {
  type        = string
  description = "The AWS region of the pipeline."
}

variable "lake_buckets" {
  type        = list(string)
  description = "The names of the ingestion and processed buckets if the deployed configuration names them itself."
}

variable "github" {
  type        = object({ provider_arn = string, plan_subject = string, deploy_subject = string })
  description = "The account's OIDC provider for GitHub, and the subjects of the tokens that take the two roles."
}
