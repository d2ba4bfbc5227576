output "github_variables" {
  description = "For each environment the value of the repository variable of its name, which the workflow Deploy reads."
  value       = { for environment, of in module.environment : environment => jsonencode(of.github_variable) }
}
