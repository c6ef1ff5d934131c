using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace SafeLaunch.Analyzers.Tests;

/// <summary>Code of a test, with what stands around it in a program.</summary>
internal static class AnalyzedCode
{
    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Hosting;
        using Microsoft.AspNetCore.Http;
        using Microsoft.Extensions.Configuration;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using Nito.AsyncEx;
        using NUnit.Framework;
        using SafeLaunch;


        """;

    private const string Types =
        """
        public static class Shop
        {
            public static void Run()
            {
            }

            public static Task RunAsync(CancellationToken token) => Task.CompletedTask;
        }

        public sealed class Server : IDisposable
        {
            public static Server Start(string address) => new();

            public void Start()
            {
            }

            public Task StartAsync() => Task.CompletedTask;

            public string Address => "http://localhost";

            public void Stop()
            {
            }

            public void OnExit(object? sender, EventArgs args)
            {
            }

            public void Dispose()
            {
            }
        }
        """;

    // What a program that refers to all packages of SafeLaunch is compiled with; nothing has to be downloaded.
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && !name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) && !name.StartsWith("NuGet", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly ReferenceAssemblies None = new("net10.0");

    // LaunchRule and the compiler do the rest; they would be tested again with each line of code.
    private const TestBehaviors OnlyTheCode = TestBehaviors.SkipGeneratedCodeCheck | TestBehaviors.SkipSuppressionCheck;

    /// <summary>The file with some statements, or with some members if these begin with an access modifier or an attribute.</summary>
    /// <param name="code">The statements or the members.</param>
    public static string FileWith(string code) => Template(AreMembers(code)
        ? code
        : $$"""
            private async Task Code(string[] args, WebApplicationBuilder builder, int port)
            {
                {{code.ReplaceLineEndings("\n        ")}}
                await Task.Yield();
            }
        """);

    /// <summary>Fails unless a rule reports the marked places, <c>[|as here|]</c>, and no others.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <param name="code">The statements or the members.</param>
    public static Task HasOnlyMarksOf<TRule>(string code)
        where TRule : DiagnosticAnalyzer, new() => CheckAsync<TRule>(FileWith(code), OutputKind.DynamicallyLinkedLibrary);

    /// <summary>Fails unless a rule reports the marked places of top-level statements, and no others.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <param name="code">The statements.</param>
    public static Task ProgramHasOnlyMarksOf<TRule>(string code)
        where TRule : DiagnosticAnalyzer, new() => CheckAsync<TRule>(ProgramWith(code), OutputKind.ConsoleApplication);

    /// <summary>Fails unless a fix changes the marked code as it should.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <typeparam name="TFix">Its fix.</typeparam>
    /// <param name="code">The statements or the members, with one marked place.</param>
    /// <param name="changed">The same after the fix; null if there is none.</param>
    public static Task IsChanged<TRule, TFix>(string code, string? changed)
        where TRule : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() => CheckFixAsync<TRule, TFix>(FileWith(code), FileWith(changed ?? code), OutputKind.DynamicallyLinkedLibrary, CodeFixTestBehaviors.SkipFixAllCheck);

    /// <summary>Fails unless a fix changes all marked places as it should, one after the other and all at once.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <typeparam name="TFix">Its fix.</typeparam>
    /// <param name="code">The statements or the members, with marked places.</param>
    /// <param name="changed">The same after the fix.</param>
    public static Task AreChanged<TRule, TFix>(string code, string changed)
        where TRule : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() => CheckFixAsync<TRule, TFix>(FileWith(code), FileWith(changed), OutputKind.DynamicallyLinkedLibrary, CodeFixTestBehaviors.None);

    /// <summary>Fails unless a fix changes the marked code of top-level statements as it should.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <typeparam name="TFix">Its fix.</typeparam>
    /// <param name="code">The statements, with one marked place.</param>
    /// <param name="changed">The same after the fix.</param>
    public static Task ProgramIsChanged<TRule, TFix>(string code, string changed)
        where TRule : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() => CheckFixAsync<TRule, TFix>(ProgramWith(code), ProgramWith(changed), OutputKind.ConsoleApplication, CodeFixTestBehaviors.SkipFixAllCheck);

    /// <summary>Compiles a file and gives the diagnostics of rules.</summary>
    /// <param name="file">The file.</param>
    /// <param name="rules">The rules.</param>
    public static async Task<ImmutableArray<Diagnostic>> DiagnosticsOf(string file, ImmutableArray<DiagnosticAnalyzer> rules)
    {
        var compilation = CSharpCompilation.Create(
            "Code",
            [CSharpSyntaxTree.ParseText(file)],
            References,
            new(OutputKind.DynamicallyLinkedLibrary));
        Assert.That(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error), Is.Empty);
        return await compilation.WithAnalyzers(rules).GetAnalyzerDiagnosticsAsync();
    }

    private static async Task CheckAsync<TRule>(string file, OutputKind kind)
        where TRule : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TRule, DefaultVerifier> { TestCode = file, ReferenceAssemblies = None, TestBehaviors = OnlyTheCode };
        test.TestState.OutputKind = kind;
        test.TestState.AdditionalReferences.AddRange(References);
        await test.RunAsync();
    }

    private static async Task CheckFixAsync<TRule, TFix>(string file, string changed, OutputKind kind, CodeFixTestBehaviors behaviors)
        where TRule : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var test = new CSharpCodeFixTest<TRule, TFix, DefaultVerifier>
        {
            TestCode = file,
            FixedCode = changed,
            ReferenceAssemblies = None,
            TestBehaviors = OnlyTheCode,
            CodeFixTestBehaviors = behaviors,
        };
        test.TestState.OutputKind = kind;
        test.TestState.AdditionalReferences.AddRange(References);
        await test.RunAsync();
    }

    private static bool AreMembers(string code) => code.TrimStart() is ['[', not '|', ..] or ['p', 'r', 'i', 'v', ..] or ['p', 'u', 'b', 'l', ..];

    private static string ProgramWith(string statements) => $"{Usings}{statements.ReplaceLineEndings("\n")}\n\n{Types}";

    private static string Template(string members) =>
        $$"""
        {{Usings}}public sealed class Sample
        {
            private readonly IHost host = Host.CreateApplicationBuilder().Build();
            private readonly Launcher launcher = Launcher.For(Shop.Run);
            private LaunchHandle? handle;

        {{members}}
        }

        {{Types}}
        """;
}
