output "github_variables" {
  description = "The repository variables that the workflow Deploy reads."
  value = {
    AWS_REGION      = var.region
    AWS_PLAN_ROLE   = aws_iam_role.github["plan"].arn
    AWS_DEPLOY_ROLE = aws_iam_role.github["deploy"].arn
    PIPELINE_NAME   = var.name
    STATE_BUCKET    = module.state_bucket.name
    CODE_BUCKET     = module.code_bucket.name
  }
}
