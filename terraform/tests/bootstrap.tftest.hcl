mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  repository          = "octocat/etl"
  repository_owner_id = "583231"
  repository_id       = "1296269"
}

run "environment" {
  command = plan

  module {
    source = "./bootstrap/environment"
  }

  variables {
    name         = "totesys-etl"
    region       = "eu-west-2"
    lake_buckets = []
    github = {
      provider_arn   = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
      plan_subject   = "repo:octocat@583231/etl@1296269:ref:refs/heads/main"
      deploy_subject = "repo:octocat@583231/etl@1296269:environment:production"
    }
  }

  assert {
    condition = { for key, role in aws_iam_role.github : key => jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] } == {
      plan   = "repo:octocat@583231/etl@1296269:ref:refs/heads/main"
      deploy = "repo:octocat@583231/etl@1296269:environment:production"
    }
    error_message = "The branch may plan; only what passed the environment's gate may deploy."
  }

  assert {
    condition     = alltrue([for role in aws_iam_role.github : length(jsondecode(role.assume_role_policy).Statement) == 1 && toset(keys(jsondecode(role.assume_role_policy).Statement[0].Condition)) == toset(["StringEquals"])])
    error_message = "A role trusts one subject, to the letter."
  }

  assert {
    condition     = alltrue([for role in aws_iam_role.github : jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:aud"] == "sts.amazonaws.com"])
    error_message = "A token that GitHub made for somebody else takes no role."
  }

  assert {
    condition = alltrue(flatten([for statement in jsondecode(aws_iam_role_policy.plan.policy).Statement :
    [for action in statement.Action : can(regex("^[a-z0-9]+:(Get|List|Describe|View)", action))] if statement.Sid != "Lock"]))
    error_message = "Who plans only reads, but for the state's lock."
  }

  assert {
    condition = alltrue(flatten([for statement in jsondecode(aws_iam_role_policy.plan.policy).Statement :
    [for resource in statement.Resource : endswith(resource, "/*.tflock")] if statement.Sid == "Lock"]))
    error_message = "Who plans writes the lock and not the state."
  }

  assert {
    condition = alltrue(flatten([for statement in jsondecode(aws_iam_role_policy.plan.policy).Statement :
    [for resource in statement.Resource : !strcontains(resource, "-code-")]]))
    error_message = "Who plans has no business with the code bucket."
  }

  assert {
    condition = alltrue(flatten([for statement in jsondecode(aws_iam_role_policy.deploy.policy).Statement :
    [for resource in statement.Resource : !startswith(resource, "arn:aws:s3:::totesys-etl-ingestion") && !startswith(resource, "arn:aws:s3:::totesys-etl-processed")] if length(setintersection(statement.Action, ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:*"])) > 0]))
    error_message = "Who deploys reads and writes no object of the lake."
  }

  assert {
    condition = alltrue(flatten([for statement in jsondecode(aws_iam_role_policy.deploy.policy).Statement :
    [for action in statement.Action : !startswith(action, "iam:") && !startswith(action, "s3:") && !endswith(action, ":*")] if contains(statement.Resource, "*")]))
    error_message = "Who deploys changes roles, buckets and functions of the pipeline's name alone."
  }

  assert {
    condition = toset(flatten([for statement in jsondecode(aws_iam_role_policy.deploy.policy).Statement : statement.Resource if anytrue([for action in statement.Action : startswith(action, "iam:")])])) == toset([
    for owner in ["extract", "transform", "load", "scheduler"] : "arn:aws:iam::123456789012:role/totesys-etl-${owner}"])
    error_message = "Who deploys has no right over its own role, over the plan's, or over the boundary."
  }

  assert {
    condition = alltrue([for statement in jsondecode(aws_iam_role_policy.deploy.policy).Statement : try(statement.Condition.StringEquals["iam:PermissionsBoundary"], null) == aws_iam_policy.boundary.arn
    if length(setintersection(statement.Action, ["iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:PutRolePermissionsBoundary"])) > 0])
    error_message = "Who deploys gives rights under the boundary only."
  }

  assert {
    condition     = length([for statement in jsondecode(aws_iam_role_policy.deploy.policy).Statement : statement if contains(statement.Action, "iam:DeleteRolePermissionsBoundary")]) == 0
    error_message = "Who deploys takes no boundary away."
  }

  assert {
    condition = [for statement in jsondecode(aws_iam_role_policy.deploy.policy).Statement : try(statement.Condition.StringEquals["iam:PassedToService"], null) if contains(statement.Action, "iam:PassRole")] == [[
    "lambda.amazonaws.com", "scheduler.amazonaws.com"]]
    error_message = "Who deploys hands roles over to Lambda and to the scheduler alone."
  }

  assert {
    condition = alltrue(flatten([for statement in jsondecode(aws_iam_role_policy.deploy.policy).Statement :
    [for resource in statement.Resource : endswith(resource, "/*.tflock")] if contains(statement.Action, "s3:DeleteObject")]))
    error_message = "Who deploys deletes the lock and never the state."
  }

  assert {
    condition     = alltrue(flatten([for statement in jsondecode(aws_iam_role_policy.deploy.policy).Statement : [for resource in statement.Resource : !can(regex("totesys-etl[^/]*[*]", replace(replace(resource, ":*", ""), "/*", "")))]]))
    error_message = "What a role may touch is named to the end, so that it has no say over another environment."
  }

  assert {
    condition = alltrue([for action, policy in {
      "s3:ListTagsForResource" = aws_iam_role_policy.plan.policy
      "s3:TagResource"         = aws_iam_role_policy.deploy.policy
      "s3:UntagResource"       = aws_iam_role_policy.deploy.policy
    } : anytrue([for statement in jsondecode(policy).Statement : contains(statement.Action, action)])])
    error_message = "The provider may read and change the tags of buckets."
  }

  assert {
    condition     = anytrue([for statement in jsondecode(aws_iam_role_policy.plan.policy).Statement : contains(statement.Action, "ssm:GetParameter") && alltrue([for resource in statement.Resource : startswith(resource, "arn:aws:ssm:eu-west-2::parameter/aws/service/")])])
    error_message = "Who plans may ask AWS for the newest extension, and for no parameter of the account."
  }

  assert {
    condition     = alltrue(flatten([for statement in jsondecode(aws_iam_policy.boundary.policy).Statement : [for action in statement.Action : !strcontains(action, "*") && !startswith(action, "iam:") && !startswith(action, "s3:Delete")]]))
    error_message = "Under the boundary nobody changes rights or deletes an object."
  }

  assert {
    condition     = alltrue([for statement in jsondecode(aws_iam_policy.boundary.policy).Statement : statement.Resource != ["*"] || alltrue([for action in statement.Action : startswith(action, "ec2:")])])
    error_message = "Under the boundary only network interfaces go without a name."
  }

  assert {
    condition = alltrue([for action, resource in {
      "secretsmanager:GetSecretValue" = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:*", "rds-db:connect" = "arn:aws:rds-db:eu-west-2:123456789012:dbuser:*"
    } : anytrue([for statement in jsondecode(aws_iam_policy.boundary.policy).Statement : statement.Action == [action] && statement.Resource == [resource]])])
    error_message = "Under the boundary a function can get its password, or its token, of this region and account."
  }

  assert {
    condition     = module.code_bucket.expires_after_days == 180 && module.state_bucket.expires_after_days == null
    error_message = "Old zips go, the state stays."
  }
}

run "bootstrap" {
  command = plan

  module {
    source = "./bootstrap"
  }

  variables {
    environments = {
      production = { name = "totesys-etl" }
      staging    = { name = "totesys-etl-staging" }
    }
  }

  assert {
    condition = module.environment["production"].trusted_subjects == {
      plan   = "repo:octocat@583231/etl@1296269:ref:refs/heads/main"
      deploy = "repo:octocat@583231/etl@1296269:environment:production"
    }
    error_message = "A token names the repository with the numbers of its owner and of itself."
  }

  assert {
    condition     = module.environment["staging"].trusted_subjects.deploy == "repo:octocat@583231/etl@1296269:environment:staging"
    error_message = "Each environment has a deploy role of its own."
  }

  assert {
    condition     = [for environment in ["production", "staging"] : jsondecode(output.github_variables[environment]).name] == ["totesys-etl", "totesys-etl-staging"]
    error_message = "Each environment on GitHub is told of its own pipeline."
  }

  assert {
    condition     = one(aws_iam_openid_connect_provider.github[*].url) == "https://token.actions.githubusercontent.com" && aws_iam_openid_connect_provider.github[0].client_id_list == toset(["sts.amazonaws.com"])
    error_message = "The account knows GitHub's tokens for AWS."
  }
}

run "an_older_repository" {
  command = plan

  module {
    source = "./bootstrap"
  }

  variables {
    subject_has_ids       = false
    repository_owner_id   = null
    repository_id         = null
    makes_github_provider = false
  }

  assert {
    condition     = module.environment["production"].trusted_subjects.deploy == "repo:octocat/etl:environment:production"
    error_message = "By choice, a token names the repository by its names alone."
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 0
    error_message = "An account that knows GitHub already is left as it is."
  }
}

run "malformed" {
  command = plan

  module {
    source = "./bootstrap"
  }

  variables {
    region              = "Ireland"
    repository          = "octocat"
    repository_owner_id = "octocat"
    repository_id       = "etl"
    branch              = "main; rm"
    environments        = { "Production" = { name = "totesys-etl" } }
  }

  expect_failures = [var.region, var.repository, var.repository_owner_id, var.repository_id, var.branch, var.environments]
}

run "one_name_for_two" {
  command = plan

  module {
    source = "./bootstrap"
  }

  variables {
    environments = {
      production = { name = "totesys-etl" }
      staging    = { name = "totesys-etl" }
    }
  }

  expect_failures = [var.environments]
}

run "a_name_that_is_too_long" {
  command = plan

  module {
    source = "./bootstrap"
  }

  variables {
    environments = { production = { name = "the-etl-pipeline-of-totesys" } }
  }

  expect_failures = [var.environments]
}

run "a_bucket_name_that_is_too_long" {
  command = plan

  module {
    source = "./bootstrap"
  }

  variables {
    environments = { production = { name = "totesys-etl", lake_buckets = ["a-bucket-whose-name-has-sixty-four-characters-which-is-one-too-many"] } }
  }

  expect_failures = [var.environments]
}
