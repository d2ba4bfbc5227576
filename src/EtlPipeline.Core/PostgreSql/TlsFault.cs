using System.Security.Authentication;
using EtlPipeline.Core.Settings;
using Npgsql;

namespace EtlPipeline.Core.PostgreSql;

/// <summary>Says why TLS with a server did not come about, and which settings decide it.</summary>
internal static class TlsFault
{
    // The driver has no type of its own for it.
    private const string NotOffered = "SSL connection requested";

    /// <summary>The fault; null where the exception tells of another one.</summary>
    public static string? Find(Exception exception, DatabaseSettings settings) => exception switch
    {
        NpgsqlException { InnerException: AuthenticationException refusal } =>
            $"the server's certificate is refused: {refusal.Message.TrimEnd('.')}; {settings.NameOf("SSLROOTCERT")} has to name the root "
            + $"certificate that it was signed with, and {settings.NameOf("HOST")} the host that it was made for",
        NpgsqlException { InnerException: null } unsecured when unsecured.Message.StartsWith(NotOffered, StringComparison.Ordinal) =>
            $"the server does not offer TLS; turn it on there (ssl = on), or, in a network that is trusted, set {settings.NameOf("SSLMODE")} to disable",
        _ => null,
    };
}
