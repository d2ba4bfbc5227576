output "github_variable" {
  description = "What the workflow Deploy has to know of this environment. None of it is secret."
  value = {
    region       = var.region
    name         = var.name
    plan_role    = aws_iam_role.github["plan"].arn
    deploy_role  = aws_iam_role.github["deploy"].arn
    state_bucket = module.state_bucket.name
    code_bucket  = module.code_bucket.name
  }
}

output "trusted_subjects" {
  description = "Whose tokens take the two roles."
  value       = { for key, role in aws_iam_role.github : key => jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] }
}
