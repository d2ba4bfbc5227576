using System.Text.Json;
using System.Threading.Channels;
using EtlPipeline.Testing.Secrets;

namespace EtlPipeline.Testing.Lambda;

/// <summary>The lines that a function has written, read while it runs.</summary>
public sealed class FunctionLog
{
    private readonly Channel<string> _incoming = Channel.CreateUnbounded<string>();
    private readonly List<string> _lines = [];

    /// <summary>Begins to read an output of the process.</summary>
    public void Read(StreamReader output) => _ = Task.Run(async () =>
    {
        while (await output.ReadLineAsync() is { } line)
        {
            OutputWatch.See("a function", line);
            await _incoming.Writer.WriteAsync(line);
        }
    });

    /// <summary>Waits for a line that holds a text; fails with all that came if the test runs out of time.</summary>
    public async Task<JsonElement> WaitForAsync(string text)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        try
        {
            while (true)
            {
                if (_lines.Find(line => line.Contains(text, StringComparison.Ordinal)) is { } found) return JsonDocument.Parse(found).RootElement;
                _lines.Add(await _incoming.Reader.ReadAsync(patience.Token));
            }
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException($"no line with '{text}' among:\n{string.Join('\n', _lines)}");
        }
    }

    /// <summary>All lines so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            while (_incoming.Reader.TryRead(out var line)) _lines.Add(line);
            return _lines;
        }
    }
}
