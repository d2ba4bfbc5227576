namespace Amazon.Lambda.RuntimeSupport;

/// <summary>What a function does once, before its first invocation.</summary>
/// <returns>False to end without serving any.</returns>
public delegate Task<bool> LambdaBootstrapInitializer();
