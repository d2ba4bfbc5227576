# GitHub Actions proves who it is with a token, so that no key of AWS lies anywhere.
resource "aws_iam_openid_connect_provider" "github" {
  count = var.makes_github_provider ? 1 : 0

  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

locals {
  github_provider = "arn:${local.partition}:iam::${local.account_id}:oidc-provider/token.actions.githubusercontent.com"

  # Who takes which role: a run on main may plan; only one that passed the environment's gate may deploy.
  github_subjects = {
    plan   = "repo:${var.repository}:ref:refs/heads/main"
    deploy = "repo:${var.repository}:environment:production"
  }
}

resource "aws_iam_role" "github" {
  for_each = local.github_subjects

  name = "${var.name}-github-${each.key}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = local.github_provider }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = { StringEquals = {
        "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
        "token.actions.githubusercontent.com:sub" = each.value
      } }
    }]
  })

  depends_on = [aws_iam_openid_connect_provider.github]
}

resource "aws_iam_role_policy" "plan" {
  name   = "plan"
  role   = aws_iam_role.github["plan"].id
  policy = jsonencode({ Version = "2012-10-17", Statement = concat(local.state_statements, local.read_statements) })
}

resource "aws_iam_role_policy" "deploy" {
  name   = "deploy"
  role   = aws_iam_role.github["deploy"].id
  policy = jsonencode({ Version = "2012-10-17", Statement = concat(local.state_statements, local.read_statements, local.write_statements) })
}
