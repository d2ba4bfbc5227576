using System.Text;
using System.Text.Json;
using EtlPipeline.Core.Rows;
using EtlPipeline.Testing.Proofs;

namespace EtlPipeline.Core.Tests.Rows;

public sealed class DamagedBodyTests(ITestOutputHelper output)
{
    /// <summary>A body is cut where the reader's first buffer ends.</summary>
    private const int FirstBuffer = 1 << 16;

    private static readonly ColumnName[] Columns = [new("id"), new("größe"), new("a\"b"), new("text")];

    private static readonly byte[] Intact = Encoding.UTF8.GetBytes("""
        [
        {"id":1,"größe":3.10,"a\"b":null,"text":"\ud83d\ude00 \u00e4 ä \\ \"]}"},
        {"id":2,"gr\u00f6\u00dfe":-1e-7,"te\u0078t":"","nested":{"id":[1,{"x":[]}],"y":true}},
        {"id":"3","text":"line\nbreak"},
        {}
        ]

        """);

    [Theory]
    [InlineData(41)]
    [InlineData(42)]
    [InlineData(43)]
    [InlineData(44)]
    public async Task A_damaged_body_gives_the_rows_that_a_whole_parser_finds_or_is_refused(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < ProofSize.DamagedTexts; round++)
        {
            var body = Damage.Of(Intact, random);
            if (round % 4 == 0) body = [.. Enumerable.Repeat((byte)' ', FirstBuffer - random.Next(body.Length + 1)), .. body];
            var expected = WholeParse(body);
            var rows = await ReadOrRefuseAsync(body, new ChunkedStream(body, () => random.Next(1, 40_000)));
            Assert.True(expected == rows, $"seed {seed}, round {round}: {expected} rows, {rows} read, of {Encoding.UTF8.GetString(body).TrimStart()}");
        }

        output.WriteLine($"{ProofSize.DamagedTexts} damaged bodies from seed {seed}.");
    }

    /// <summary>How many rows the base library finds, or null if it finds the body to be something else.</summary>
    private static int? WholeParse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 1000 });
            if (document.RootElement.ValueKind != JsonValueKind.Array) return null;
            return document.RootElement.EnumerateArray().All(row => row.ValueKind == JsonValueKind.Object) ? document.RootElement.GetArrayLength() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<int?> ReadOrRefuseAsync(byte[] body, Stream stream)
    {
        using var reader = new JsonRowReader(stream);
        try
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken)) UseRow(reader.Current);
            return (int)reader.RowsRead;
        }
        catch (UnreadableRowsException exception)
        {
            Assert.InRange(exception.ByteOffset, 0, body.Length);
            return null;
        }
    }

    private static void UseRow(JsonRow row)
    {
        foreach (var column in Columns)
        {
            try
            {
                if (row.TryGetValue(column, out var value) && value.Kind == JsonTokenType.String) value.GetString();
            }
            catch (InvalidRowException)
            {
                // A column that is there twice, or a text that is no Unicode: for the table to reject.
            }
        }
    }
}
