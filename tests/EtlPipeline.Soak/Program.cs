using System.Globalization;
using EtlPipeline.Soak;
using Spectre.Console;

// dotnet run -c Release --project tests/EtlPipeline.Soak -- --schedules 500
// dotnet run -c Release --project tests/EtlPipeline.Soak -- --schedules 500 --functions artifacts
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
// If the output is redirected, nobody says how wide it is.
AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 110);
return await new SoakCommand(AnsiConsole.Console).Define().Parse(args).InvokeAsync();
