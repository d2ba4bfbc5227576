namespace EtlPipeline.Core.Hosting;

/// <summary>An object that a notification says was created.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Key">The object's key, decoded.</param>
public sealed record CreatedObject(string Bucket, string Key);
