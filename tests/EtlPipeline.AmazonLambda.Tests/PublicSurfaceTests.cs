extern alias StandIn;

using System.Reflection;
using System.Text.Json.Serialization;

namespace EtlPipeline.AmazonLambda.Tests;

/// <summary>What compiles with the stand-in has to compile with Amazon's packages, and to mean the same.</summary>
public sealed class PublicSurfaceTests
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    private static readonly string[] Packages =
        ["Amazon.Lambda.Core", "Amazon.Lambda.RuntimeSupport", "Amazon.Lambda.S3Events", "Amazon.Lambda.Serialization.SystemTextJson"];

    private static readonly Assembly StandIn = typeof(StandIn::Amazon.Lambda.Core.ILambdaContext).Assembly;

    [Fact]
    public void Every_public_member_of_the_stand_in_is_one_of_the_packages()
    {
        SkipWithoutPackages();
        Assert.All(StandIn.GetExportedTypes(), ours =>
        {
            var theirs = FindInPackages(ours.FullName!);
            Assert.Equal(Kind(theirs), Kind(ours));
            Assert.Empty(Members(ours, BindingFlags.DeclaredOnly).Except(Members(theirs, BindingFlags.FlattenHierarchy)));
        });
    }

    [Fact]
    public void Every_member_of_an_S3_event_is_one_of_the_stand_in()
    {
        SkipWithoutPackages();
        var package = FindInPackages("Amazon.Lambda.S3Events.S3Event");
        Assert.All(package.GetNestedTypes().Append(package), theirs => Assert.Equal(
            Members(theirs, BindingFlags.DeclaredOnly), Members(StandIn.GetType(theirs.FullName!, throwOnError: true)!, BindingFlags.DeclaredOnly)));
    }

    // Not within Assert.All, which would take the skip for a failure.
    private static void SkipWithoutPackages() => Assert.SkipUnless(
        Packages.All(package => File.Exists(Path.Combine(AppContext.BaseDirectory, $"{package}.dll"))),
        "The Amazon.Lambda packages are not here: build with -p:AmazonLambdaPackages=true if the package feed has them.");

    private static Type FindInPackages(string name)
    {
        return Packages.Select(package => Assembly.Load(package).GetType(name)).FirstOrDefault(type => type is { IsVisible: true })
            ?? throw new TypeLoadException($"{name} is in none of {string.Join(", ", Packages)}");
    }

    private static string Kind(Type type) =>
        $"{(type.IsInterface ? "interface" : typeof(Delegate).IsAssignableFrom(type) ? "delegate" : "class")}, sealed: {type.IsSealed}, abstract: {type.IsAbstract}, "
        + $"of {string.Join(", ", type.GetGenericArguments().Select(argument => $"{argument} : {string.Join(", ", argument.GetGenericParameterConstraints().AsEnumerable())}"))}, "
        + $"is exception: {typeof(Exception).IsAssignableFrom(type)}, is disposable: {typeof(IDisposable).IsAssignableFrom(type)}";

    private static IEnumerable<string> Members(Type type, BindingFlags which) => type.GetMembers(Public | which)
        .Where(member => member.DeclaringType != typeof(object) && member.MemberType != MemberTypes.NestedType)
        .Where(member => member is not MethodBase { IsVirtual: true, DeclaringType.IsInterface: false } overriding || ((MethodInfo)overriding).GetBaseDefinition().DeclaringType != typeof(object))
        .Select(Describe)
        .Order(StringComparer.Ordinal);

    private static string Describe(MemberInfo member) => member switch
    {
        PropertyInfo property => $"{property.PropertyType} {property.Name}, set: {property.SetMethod?.IsPublic is true}, "
            + $"as: {property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name}",
        MethodInfo method => $"{method.ReturnType} {method.Name}{Parameters(method)}",
        ConstructorInfo constructor => $"new{Parameters(constructor)}",
        _ => member.ToString()!,
    };

    private static string Parameters(MethodBase method) =>
        $"({string.Join(", ", method.GetParameters().Select(parameter => $"{parameter.ParameterType} {parameter.Name}{(parameter.HasDefaultValue ? " = default" : string.Empty)}"))})";
}
