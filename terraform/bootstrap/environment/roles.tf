# Who takes which role: a run on the branch may plan; only a job that passed the environment's gate may deploy.
resource "aws_iam_role" "github" {
  for_each = { plan = var.github.plan_subject, deploy = var.github.deploy_subject }

  name                 = "${var.name}-github-${each.key}"
  max_session_duration = 7200 # so that a deployment which fails late can still go back
  tags                 = local.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = var.github.provider_arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = { StringEquals = {
        "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
        "token.actions.githubusercontent.com:sub" = each.value
      } }
    }]
  })
}

resource "aws_iam_role_policy" "plan" {
  name   = "plan"
  role   = aws_iam_role.github["plan"].id
  policy = jsonencode({ Version = "2012-10-17", Statement = concat(local.lock_statements, local.read_statements) })
}

resource "aws_iam_role_policy" "deploy" {
  name   = "deploy"
  role   = aws_iam_role.github["deploy"].id
  policy = jsonencode({ Version = "2012-10-17", Statement = concat(local.lock_statements, local.state_statements, local.read_statements, local.write_statements) })
}
