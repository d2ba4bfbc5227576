namespace EtlPipeline.Core.Settings;

/// <summary>How a connection to a database is secured (PostgreSQL, <i>libpq: SSL Support</i>).</summary>
public enum ConnectionSecurity
{
    /// <summary>No TLS.</summary>
    Disable,

    /// <summary>TLS where the server has it.</summary>
    Prefer,

    /// <summary>TLS, whoever the server is.</summary>
    Require,

    /// <summary>TLS, with a certificate of a trusted authority.</summary>
    VerifyCertificate,

    /// <summary>TLS, with a certificate of a trusted authority that names the host.</summary>
    VerifyFull,
}
