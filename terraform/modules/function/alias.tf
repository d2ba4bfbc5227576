# What schedules and notifications call. Terraform makes it; from then on .ci/deploy/promote moves it, to a version that was tried out, and
# .ci/deploy/roll-back moves it back.
resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = "The version that runs."
  function_name    = aws_lambda_function.this.function_name
  function_version = aws_lambda_function.this.version

  lifecycle {
    ignore_changes = [function_version, routing_config]
  }
}
