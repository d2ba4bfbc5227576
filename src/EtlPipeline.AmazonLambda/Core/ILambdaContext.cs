namespace Amazon.Lambda.Core;

/// <summary>What an invocation knows about itself.</summary>
public interface ILambdaContext
{
    /// <summary>The id of the invocation's request; a repeated delivery has the same one.</summary>
    string AwsRequestId { get; }

    /// <summary>The ARN that was invoked, with alias or version if one was.</summary>
    string InvokedFunctionArn { get; }

    /// <summary>The function's name.</summary>
    string FunctionName { get; }

    /// <summary>The function's version.</summary>
    string FunctionVersion { get; }

    /// <summary>The memory that the function has, in MB.</summary>
    int MemoryLimitInMB { get; }

    /// <summary>How long it is until Lambda kills the invocation.</summary>
    TimeSpan RemainingTime { get; }
}
