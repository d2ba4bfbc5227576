mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "permissions" {
  command = plan

  assert {
    condition = alltrue(flatten([for policy in [module.extract.policy, module.transform.policy, module.load.policy, aws_iam_role_policy.scheduler.policy] :
    [for statement in jsondecode(policy).Statement : [for action in statement.Action : !strcontains(action, "*")]]]))
    error_message = "No role allows an action with an asterisk."
  }

  assert {
    condition = alltrue(flatten([for policy in [module.extract.policy, module.transform.policy, module.load.policy, aws_iam_role_policy.scheduler.policy] :
    [for statement in jsondecode(policy).Statement : [for resource in statement.Resource : resource != "*"]]]))
    error_message = "No role reaches every resource."
  }

  assert {
    condition = toset(flatten([for statement in jsondecode(module.extract.policy).Statement : statement.Action])) == toset([
    "s3:GetObject", "s3:PutObject", "s3:ListBucket", "logs:CreateLogStream", "logs:PutLogEvents"])
    error_message = "Extract reads, writes and lists, and logs; no more."
  }

  assert {
    condition = alltrue([for statement in jsondecode(module.extract.policy).Statement :
    alltrue([for resource in statement.Resource : startswith(resource, "arn:aws:s3:::ingestion")]) if startswith(statement.Action[0], "s3:")])
    error_message = "Extract reaches the ingestion bucket alone."
  }

  assert {
    condition = [for statement in jsondecode(module.extract.policy).Statement : statement.Resource if contains(statement.Action, "s3:PutObject")] == [concat(
    [for table in var.tables : "arn:aws:s3:::ingestion/${table}/*"], ["arn:aws:s3:::ingestion/timestamp"])]
    error_message = "Extract writes under the names of its tables, and `timestamp`."
  }

  assert {
    condition = toset(flatten([for statement in jsondecode(module.transform.policy).Statement : statement.Action])) == toset([
    "s3:GetObject", "s3:PutObject", "s3:ListBucket", "logs:CreateLogStream", "logs:PutLogEvents", "sqs:SendMessage"])
    error_message = "Transform reads, writes and lists, logs, and keeps dead letters; no more."
  }

  assert {
    condition = alltrue(flatten([for statement in jsondecode(module.transform.policy).Statement :
    [for resource in statement.Resource : startswith(resource, "arn:aws:s3:::processed/")] if contains(statement.Action, "s3:PutObject")]))
    error_message = "Transform writes into the processed bucket alone."
  }

  assert {
    condition = toset(flatten([for statement in jsondecode(module.load.policy).Statement : statement.Action])) == toset([
    "s3:GetObject", "s3:ListBucket", "logs:CreateLogStream", "logs:PutLogEvents", "sqs:SendMessage"])
    error_message = "Load reads and lists, logs, and keeps dead letters; it writes no object."
  }

  assert {
    condition = length(flatten([for policy in [module.transform.policy, module.load.policy] :
    [for statement in jsondecode(policy).Statement : statement if contains(statement.Action, "s3:GetObject") && contains(statement.Resource, "arn:aws:s3:::processed/stg_*")]])) == 2
    error_message = "Tables that are carried as they are get into the processed bucket, and out of it."
  }

  assert {
    condition = alltrue([for statement in jsondecode(module.load.policy).Statement :
    alltrue([for resource in statement.Resource : startswith(resource, "arn:aws:s3:::processed")]) if startswith(statement.Action[0], "s3:")])
    error_message = "Load reaches the processed bucket alone."
  }

  assert {
    condition = alltrue(flatten([for policy in [module.extract.policy, module.transform.policy, module.load.policy] :
    [for statement in jsondecode(policy).Statement : can(statement.Condition.StringLikeIfExists["s3:prefix"]) if contains(statement.Action, "s3:ListBucket")]]))
    error_message = "Buckets are listed by prefix."
  }

  assert {
    condition = toset(flatten([for statement in jsondecode(aws_iam_role_policy.scheduler.policy).Statement : statement.Resource if contains(statement.Action, "lambda:InvokeFunction")])) == toset([
    module.extract.live.arn, module.transform.live.arn, module.load.live.arn])
    error_message = "The scheduler starts the versions of the three functions that run, and nothing else."
  }

  assert {
    condition = alltrue([for boundary in [module.extract.permissions_boundary, module.transform.permissions_boundary, module.load.permissions_boundary, aws_iam_role.scheduler.permissions_boundary] :
    boundary == "arn:aws:iam::123456789012:policy/totesys-etl-github-boundary"])
    error_message = "Every role is under the boundary that bootstrap/ makes."
  }
}

run "an_open_list_of_tables" {
  command = plan

  variables {
    tables = ["*", "!audit_log"]
  }

  assert {
    condition = [for statement in jsondecode(module.extract.policy).Statement : statement.Resource if contains(statement.Action, "s3:PutObject")] == [[
    "arn:aws:s3:::ingestion/*/*", "arn:aws:s3:::ingestion/timestamp"]]
    error_message = "With an open list of tables Extract writes into any folder of the ingestion bucket."
  }
}

run "a_view_with_its_key" {
  command = plan

  variables {
    tables = ["daily_totals(day, shop)"]
  }

  assert {
    condition = [for statement in jsondecode(module.extract.policy).Statement : statement.Resource if contains(statement.Action, "s3:PutObject")] == [[
    "arn:aws:s3:::ingestion/daily_totals/*", "arn:aws:s3:::ingestion/timestamp"]]
    error_message = "A view's folder has its name alone."
  }
}
