using EtlPipeline.Core.Hosting;
using EtlPipeline.Targets.Language;
using EtlPipeline.Targets.Rows;
using EtlPipeline.Targets.Tests.Custom;

namespace EtlPipeline.Targets.Tests;

/// <summary>Targets that don't go together are refused when the program starts, with the file that has to be mended.</summary>
public sealed class TargetListTests
{
    [Fact]
    public void Two_targets_of_one_name_are_refused() =>
        AssertRefused("there are two targets of the name 'fact_everything'", new FactEverything(), new FactEverything());

    [Fact]
    public void A_target_of_the_calendar_s_name_is_refused() =>
        AssertRefused("there are two targets of the name 'dim_date'", new FactFaulty("dim_date", fact => fact.DeclareKey()));

    [Fact]
    public void A_target_without_a_key_is_refused() => AssertRefused("it has no key column", new FactFaulty("fact_x", fact => fact.DeclareInteger("a")));

    [Fact]
    public void An_optional_key_column_is_refused() =>
        AssertRefused("a key column can't be of type integer, or optional: 'id'", new FactFaulty("fact_x", fact => fact.DeclareKey().Optional()));

    [Fact]
    public void A_reference_to_no_target_is_refused() => AssertRefused("column 'a' refers to 'dim_nowhere', which isn't a dimension here", new FactFaulty("fact_x", fact =>
    {
        fact.DeclareKey();
        fact.DeclareInteger("a").References("dim_nowhere");
    }));

    [Fact]
    public void A_type_that_is_not_in_the_list_is_refused() => AssertRefused("'point[]' isn't a type", new FactFaulty("fact_x", fact =>
    {
        fact.DeclareKey();
        fact.DeclareArray("a", "point");
    }));

    [Theory]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123")]
    [InlineData("ü12345678901234567890123456789012345678901234567890123456789012")]
    [InlineData("")]
    public void A_column_s_name_that_is_empty_or_longer_than_63_bytes_is_refused(string name) => AssertRefused("is empty, or longer than PostgreSQL's 63 bytes", new FactFaulty("fact_x", fact =>
    {
        fact.DeclareKey();
        fact.DeclareInteger(name);
    }));

    [Theory]
    [InlineData("fact_123456789012345678901234567890123456789012345678901234567890")]
    [InlineData("fact x")]
    public void A_target_s_name_that_is_none_is_refused(string name) => AssertRefused("A table name is a letter", new FactFaulty(name, fact => fact.DeclareKey()));

    [Fact]
    public void Two_columns_of_one_name_are_refused() => AssertRefused("there are two columns of the name 'a'", new FactFaulty("fact_x", fact =>
    {
        fact.DeclareKey();
        fact.DeclareInteger("a");
        fact.DeclareInteger("a");
    }));

    [Theory]
    [InlineData("valid_from")]
    [InlineData("rejected")]
    [InlineData("faulty_record_id")]
    public void A_column_that_has_the_name_of_one_of_the_pipeline_s_is_refused(string name) => AssertRefused($"the column name '{name}' belongs to a column that the pipeline adds", new FactFaulty("fact_x", fact =>
    {
        fact.DeclareKey();
        fact.DeclareInteger(name);
    }));

    [Fact]
    public void A_target_whose_source_file_does_not_travel_is_refused() => AssertRefused("its source file does not travel in the assembly", new FactFaulty("fact_x", fact => fact.DeclareKey(), file: "FactElsewhere.cs"));

    private static void AssertRefused(string reason, params ITarget[] targets)
    {
        var refusal = Assert.Throws<PipelineException>(() => TargetList.Of(TargetCatalogue.Calendar, targets));

        Assert.Contains($"{targets[0].File}: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private sealed class FactFaulty : Fact<int>
    {
        public FactFaulty(string name, Action<FactFaulty> declare, string file = "FactEverything.cs")
            : base(name, source: "faulty", recordId: "faulty_record_id", comment: "Faulty.", file) => declare(this);

        public Column DeclareKey() => IntegerKey("id", from: "id");

        public Column DeclareInteger(string name) => Integer(name, value => value);

        public void DeclareArray(string name, string element) => Array(name, element, _ => null);

        protected override int Read(SourceRow row) => row.Integer("a");
    }
}
