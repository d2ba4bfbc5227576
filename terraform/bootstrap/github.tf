# GitHub Actions proves who it is with a token, so that no key of AWS lies anywhere.
resource "aws_iam_openid_connect_provider" "github" {
  count = var.makes_github_provider ? 1 : 0

  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

locals {
  existing_provider = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:oidc-provider/token.actions.githubusercontent.com"

  # How a token names the repository: `octocat@583231/etl-pipeline@1296269`, or `octocat/etl-pipeline` from older repositories.
  owner   = split("/", var.repository)[0]
  name    = split("/", var.repository)[1]
  subject = var.subject_has_ids ? "${local.owner}@${var.repository_owner_id}/${local.name}@${var.repository_id}" : var.repository
}

module "environment" {
  source   = "./environment"
  for_each = var.environments

  name         = each.value.name
  lake_buckets = each.value.lake_buckets
  region       = var.region

  github = {
    provider_arn   = coalesce(one(aws_iam_openid_connect_provider.github[*].arn), local.existing_provider)
    plan_subject   = "repo:${local.subject}:ref:refs/heads/${var.branch}"
    deploy_subject = "repo:${local.subject}:environment:${each.key}"
  }
}
