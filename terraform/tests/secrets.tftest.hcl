mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "a_password_from_a_secret_is_in_no_configuration" {
  command = plan

  variables {
    oltp_password                 = null
    warehouse_password            = null
    oltp_password_secret_arn      = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:oltp-AbCdEf"
    warehouse_password_secret_arn = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:warehouse-AbCdEf"
    secrets_extension_layer_arn   = "arn:aws:lambda:eu-west-2:123456789012:layer:secrets-extension:1"
  }

  assert {
    condition     = !can(nonsensitive(module.extract.environment).TOTE_SYS_DB_PASSWORD)
    error_message = "Extract's settings have no password of the OLTP database."
  }

  assert {
    condition     = !can(nonsensitive(module.load.environment).WAREHOUSE_DB_PASSWORD)
    error_message = "Load's settings have no password of the warehouse."
  }

  assert {
    condition     = try(nonsensitive(module.extract.environment).TOTE_SYS_DB_PASSWORD_SECRET, null) == nonsensitive(var.oltp_password_secret_arn)
    error_message = "Extract's settings name the secret of the OLTP database."
  }

  assert {
    condition     = try(nonsensitive(module.load.environment).WAREHOUSE_DB_PASSWORD_SECRET, null) == nonsensitive(var.warehouse_password_secret_arn)
    error_message = "Load's settings name the secret of the warehouse."
  }

  assert {
    condition     = try([for statement in jsondecode(nonsensitive(module.extract.secrets)).Statement : statement.Resource], null) == [[nonsensitive(var.oltp_password_secret_arn)]]
    error_message = "Extract may read the secret of the OLTP database and no other."
  }

  assert {
    condition     = try([for statement in jsondecode(nonsensitive(module.load.secrets)).Statement : statement.Resource], null) == [[nonsensitive(var.warehouse_password_secret_arn)]]
    error_message = "Load may read the secret of the warehouse and no other."
  }

  assert {
    condition     = contains(module.extract.layers, var.secrets_extension_layer_arn) && contains(module.load.layers, var.secrets_extension_layer_arn)
    error_message = "A function that reads a secret has the extension."
  }

  assert {
    condition     = module.transform.secrets == null && !strcontains(module.transform.policy, "secretsmanager") && length(module.transform.layers) == 0
    error_message = "Transform has no business with secrets."
  }
}

run "with_IAM_there_is_no_password" {
  command = plan

  variables {
    oltp_password             = null
    warehouse_password        = null
    oltp_iam_resource_id      = "db-ABCDEFGHIJKL01234"
    warehouse_iam_resource_id = "prx-0123456789abcdef0"
  }

  assert {
    condition     = nonsensitive({ for name, value in module.extract.environment : name => value if startswith(name, "TOTE_SYS_DB_PASS") || name == "TOTE_SYS_DB_AUTHENTICATION" }) == { TOTE_SYS_DB_AUTHENTICATION = "iam" }
    error_message = "Extract proves itself by IAM, and knows no password."
  }

  assert {
    condition     = nonsensitive({ for name, value in module.load.environment : name => value if startswith(name, "WAREHOUSE_DB_PASS") || name == "WAREHOUSE_DB_AUTHENTICATION" }) == { WAREHOUSE_DB_AUTHENTICATION = "iam" }
    error_message = "Load proves itself by IAM, and knows no password."
  }

  assert {
    condition     = [for statement in jsondecode(nonsensitive(module.extract.secrets)).Statement : [statement.Action, statement.Resource]] == [[["rds-db:connect"], ["arn:aws:rds-db:eu-west-2:123456789012:dbuser:db-ABCDEFGHIJKL01234/etl_reader"]]]
    error_message = "Extract may connect to its database as its role, and as nobody else."
  }

  assert {
    condition     = [for statement in jsondecode(nonsensitive(module.load.secrets)).Statement : [statement.Action, statement.Resource]] == [[["rds-db:connect"], ["arn:aws:rds-db:eu-west-2:123456789012:dbuser:prx-0123456789abcdef0/etl_loader"]]]
    error_message = "Load may connect to the warehouse as its role, and as nobody else."
  }

  assert {
    condition     = length(module.extract.layers) == 0 && length(module.load.layers) == 0 && length(data.aws_ssm_parameter.secrets_extension) == 0
    error_message = "Without secrets there is no extension."
  }

  assert {
    condition     = issensitive(var.oltp_iam_resource_id) && issensitive(var.warehouse_iam_resource_id)
    error_message = "A plan shows no database."
  }
}

run "the_extension_is_the_newest_of_the_region" {
  command = plan

  variables {
    architecture                  = "arm64"
    oltp_password                 = null
    warehouse_password            = null
    oltp_password_secret_arn      = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:oltp-AbCdEf"
    warehouse_password_secret_arn = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:warehouse-AbCdEf"
  }

  assert {
    condition     = one(data.aws_ssm_parameter.secrets_extension[*].name) == "/aws/service/aws-parameters-and-secrets-lambda-extension/arm64/latest"
    error_message = "The extension is asked for by the functions' processor."
  }

  assert {
    condition     = contains(module.extract.layers, "arn:aws:lambda:eu-west-2:123456789012:layer:secrets-extension:19") && contains(module.load.layers, "arn:aws:lambda:eu-west-2:123456789012:layer:secrets-extension:19")
    error_message = "Without an ARN of the extension, AWS's newest is taken."
  }

  assert {
    condition     = alltrue([for architecture in [module.extract.architecture, module.transform.architecture, module.load.architecture] : architecture == "arm64"])
    error_message = "All functions run on the same processor."
  }
}

run "sample_data_needs_no_oltp_database" {
  command = plan

  variables {
    use_sample_data = true
    oltp            = null
    oltp_password   = null
  }

  assert {
    condition     = nonsensitive(module.extract.environment).IS_OLTP_OK == "False" && alltrue([for setting in keys(nonsensitive(module.extract.environment)) : !startswith(setting, "TOTE_SYS_")])
    error_message = "With sample data Extract has no setting of the OLTP database."
  }

  assert {
    condition     = alltrue([for setting in keys(nonsensitive(module.transform.environment)) : !strcontains(setting, "_DB_")])
    error_message = "Transform knows no database."
  }
}

run "nothing_private_is_shown" {
  command = plan

  assert {
    condition     = issensitive(var.oltp) && issensitive(var.warehouse)
    error_message = "A plan shows no host and no user."
  }

  assert {
    condition     = issensitive(var.oltp_password_secret_arn) && issensitive(var.warehouse_password_secret_arn)
    error_message = "A plan shows no secret's ARN."
  }

  assert {
    condition     = issensitive(var.oltp_password) && issensitive(var.warehouse_password)
    error_message = "A plan shows no password."
  }

  assert {
    condition     = issensitive(var.alarm_email)
    error_message = "A plan shows no e-mail address."
  }

  assert {
    condition     = !issensitive(module.extract.policy) && !issensitive(module.load.policy)
    error_message = "A plan shows what the functions may do."
  }
}
