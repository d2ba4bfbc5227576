mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "bootstrap" {
  command = plan

  module {
    source = "./bootstrap"
  }

  variables {
    name       = "totesys-etl"
    repository = "someone/etl"
  }

  assert {
    condition = { for key, role in aws_iam_role.github : key => jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] } == {
      plan   = "repo:someone/etl:ref:refs/heads/main"
      deploy = "repo:someone/etl:environment:production"
    }
    error_message = "Main may plan; only what passed the environment's gate may deploy."
  }

  assert {
    condition     = alltrue([for role in aws_iam_role.github : jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:aud"] == "sts.amazonaws.com"])
    error_message = "A token that GitHub made for somebody else takes no role."
  }

  assert {
    condition = alltrue(flatten([for statement in jsondecode(aws_iam_role_policy.plan.policy).Statement :
    [for action in statement.Action : can(regex("^[a-z0-9]+:(Get|List|Describe)", action))] if statement.Sid != "StateAndLock"]))
    error_message = "Who plans only reads, but for the state's lock."
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
}
