using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace SafeLaunch.Analyzers.Rules;

/// <summary>SL0010: no code disposes of a static test server.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ServerWithoutTearDownAnalyzer : LaunchRule
{
    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.ServerWithoutTearDown,
        "Dispose of a static test server",
        "No tear-down disposes of '{0}', and so it runs until all tests have ended: dispose of it, share it by AcquireAsync, or make it one PerTest",
        DiagnosticIds.Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A static server that no code disposes of is stopped at the end of the process only. It takes memory and its port for the whole run, and errors of its stop belong to no test.",
        helpLinkUri: DiagnosticIds.PageOf(DiagnosticIds.ServerWithoutTearDown),
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rule);

    protected override void Register(CompilationStartAnalysisContext context, LaunchTypes types)
    {
        if (types.TestServer is not { } server)
        {
            return;
        }

        var made = new ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
        var stopped = new ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
        context.RegisterOperationAction(operation => NoteInitializer(operation, server, made), OperationKind.FieldInitializer, OperationKind.PropertyInitializer);
        context.RegisterOperationAction(operation => NoteUse(operation, server, made, stopped), OperationKind.FieldReference, OperationKind.PropertyReference);
        context.RegisterCompilationEndAction(end =>
        {
            foreach (var symbol in made.Keys.Where(symbol => !stopped.ContainsKey(symbol)))
            {
                end.ReportDiagnostic(Diagnostic.Create(Rule, symbol.Locations[0], symbol.Name));
            }
        });
    }

    private static void NoteInitializer(OperationAnalysisContext context, INamedTypeSymbol server, ConcurrentDictionary<ISymbol, bool> made)
    {
        var initializer = (ISymbolInitializerOperation)context.Operation;
        if (!initializer.Value.Type.IsSame(server) || IsPerTest(initializer.Value))
        {
            return;
        }

        IEnumerable<ISymbol> symbols = initializer is IFieldInitializerOperation field ? field.InitializedFields : ((IPropertyInitializerOperation)initializer).InitializedProperties;
        foreach (var symbol in symbols.Where(symbol => symbol.IsStatic))
        {
            made.TryAdd(symbol.OriginalDefinition, value: true);
        }
    }

    private static void NoteUse(OperationAnalysisContext context, INamedTypeSymbol server, ConcurrentDictionary<ISymbol, bool> made, ConcurrentDictionary<ISymbol, bool> stopped)
    {
        var reference = (IMemberReferenceOperation)context.Operation;
        if (!reference.Member.IsStatic || !reference.Type.IsSame(server))
        {
            return;
        }

        // Each construction of a generic class has a symbol for the member; one of them stands for all.
        var member = reference.Member.OriginalDefinition;

        // A member of another assembly has no place here that a diagnostic could name.
        if (!SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, context.Compilation.Assembly))
        {
            return;
        }

        var user = reference.UserOf(out var value);
        if (user is ISimpleAssignmentOperation assignment && assignment.Target == value)
        {
            if (!IsPerTest(assignment.Value))
            {
                made.TryAdd(member, value: true);
            }
        }
        else if (!OnlyUses(user, value))
        {
            stopped.TryAdd(member, value: true);
        }
    }

    /// <summary>Whether code is known to leave the server running; all other code may stop it.</summary>
    private static bool OnlyUses(IOperation? user, IOperation server) => user switch
    {
        IInvocationOperation call => call.Instance == server && call.TargetMethod.Name is not ("DisposeAsync" or "AcquireAsync" or "PerTest"),
        IPropertyReferenceOperation property => property.Instance == server,
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { IsExtensionMethod: true, ContainingType: var type } } call } argument =>
            call.Arguments[0] == argument && type.IsOfSafeLaunch(),
        _ => false,
    };

    private static bool IsPerTest(IOperation made) => made.DescendantsAndSelf().OfType<IInvocationOperation>().Any(call => call.TargetMethod.Name is "PerTest");
}
