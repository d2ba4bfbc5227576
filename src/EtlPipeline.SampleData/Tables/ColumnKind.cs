namespace EtlPipeline.SampleData.Tables;

/// <summary>The PostgreSQL types that totesys uses.</summary>
public enum ColumnKind
{
    /// <summary>integer, a <see cref="int"/> here.</summary>
    WholeNumber,

    /// <summary>text, varchar or an enum's label, a <see cref="string"/> here.</summary>
    Text,

    /// <summary>numeric(10,2), a <see cref="decimal"/> here.</summary>
    Numeric,

    /// <summary>timestamp(3), a <see cref="DateTime"/> in UTC here.</summary>
    Timestamp,

    /// <summary>boolean, a <see cref="bool"/> here.</summary>
    Boolean,
}
