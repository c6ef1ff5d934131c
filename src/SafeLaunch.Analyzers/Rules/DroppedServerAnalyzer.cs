using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace SafeLaunch.Analyzers.Rules;

/// <summary>SL0006: a delegate starts a server and drops it, so that the stop cannot dispose of it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class DroppedServerAnalyzer : LaunchRule
{
    /// <summary>The property of a diagnostic that has the variable which holds the server; absent where there is none.</summary>
    public const string Variable = nameof(Variable);

    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.DroppedServer,
        "Return the server that a launch delegate makes",
        "The launch cannot stop this {0}, because its delegate drops it: return it, and the stop disposes of it",
        DiagnosticIds.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A launch disposes of the server that its delegate returns. A server that the delegate drops goes on after the stop.",
        helpLinkUri: DiagnosticIds.PageOf(DiagnosticIds.DroppedServer));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rule);

    protected override void Register(CompilationStartAnalysisContext context, LaunchTypes types) =>
        context.RegisterOperationAction(operation => Analyze(operation, types), OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context, LaunchTypes types)
    {
        if (LaunchCall.Of(context.Operation, types) is { Lambda: { } lambda } launch
            && (lambda.Symbol.ReturnsVoid || lambda.Symbol.ReturnType.IsSame(types.Task))
            && !StopsByItself(launch)
            && LastStatement(lambda, types) is IExpressionStatementOperation { IsImplicit: false } statement
            && DroppedServer(statement, lambda, types) is ({ } type, var variable))
        {
            var properties = ImmutableDictionary<string, string?>.Empty;
            context.ReportDiagnostic(Diagnostic.Create(
                Rule,
                statement.Syntax.GetLocation(),
                variable is null ? properties : properties.Add(Variable, variable.Name),
                type.Name));
        }
    }

    private static bool StopsByItself(LaunchCall launch) => launch.OptionLambdas().Any(
        options => options.Descendants().OfType<IInvocationOperation>().Any(call => call.TargetMethod.Name is "StopWith"));

    /// <summary>The last statement of a block, but for calls that say that the launch is ready and calls that print.</summary>
    private static IOperation? LastStatement(IAnonymousFunctionOperation lambda, LaunchTypes types) => lambda.Body.Operations.LastOrDefault(
        statement => statement is not IReturnOperation { IsImplicit: true }
            && !(statement is IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod.ContainingType: var type } }
                && (type.IsSame(types.Context) || type is { Name: "Console", ContainingNamespace.Name: "System" })));

    private static (ITypeSymbol? Type, ILocalSymbol? Variable) DroppedServer(IExpressionStatementOperation statement, IAnonymousFunctionOperation lambda, LaunchTypes types)
    {
        var value = statement.Operation.Unwrapped();
        var made = value is IAwaitOperation awaited ? WithoutConfigureAwait(awaited.Operation.Unwrapped()) : value;
        if (made is IObjectCreationOperation)
        {
            return (Server(made.Type, types), null);
        }

        if (made is not IInvocationOperation call || call.TargetMethod.Name is not ("Start" or "StartAsync" or "Open" or "OpenAsync" or "Listen" or "ListenAsync"))
        {
            return default;
        }

        if (call.Receiver() is ILocalReferenceOperation local)
        {
            return IsDroppedAfter(local, lambda) ? (Server(local.Type, types), local.Local) : default;
        }

        return call.Instance is null ? (Server(value.Type, types), null) : default;
    }

    private static IOperation WithoutConfigureAwait(IOperation task) =>
        task is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } configured } ? configured.Unwrapped() : task;

    /// <summary>Whether the lambda itself makes the object of a local variable, and uses only its members.</summary>
    private static bool IsDroppedAfter(ILocalReferenceOperation server, IAnonymousFunctionOperation lambda) =>
        lambda.Body.Operations.OfType<IVariableDeclarationGroupOperation>().Any(group => group.Declarations
            .SelectMany(declaration => declaration.Declarators)
            .Any(variable => SymbolEqualityComparer.Default.Equals(variable.Symbol, server.Local)))
        && lambda.Body.Descendants().OfType<ILocalReferenceOperation>()
            .Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, server.Local))
            .All(reference => IsMemberUse(reference, lambda));

    private static bool IsMemberUse(ILocalReferenceOperation reference, IAnonymousFunctionOperation lambda)
    {
        var user = reference.UserOf(out var value);
        var isMember = user switch
        {
            IInvocationOperation call => call.Instance == value && !Ends(call.TargetMethod),
            IPropertyReferenceOperation or IFieldReferenceOperation or IEventReferenceOperation => ((IMemberReferenceOperation)user).Instance == value,

            // Code that is given a method of the server may stop the server.
            _ => false,
        };
        return isMember && IsOwn(reference, lambda);
    }

    private static bool Ends(IMethodSymbol method) => method.Name is "Dispose" or "DisposeAsync" or "Stop" or "StopAsync" or "Close" or "CloseAsync";

    /// <summary>A lambda inside the delegate may run later, and stop the server.</summary>
    private static bool IsOwn(IOperation reference, IAnonymousFunctionOperation lambda)
    {
        var operation = reference.Parent;
        while (operation is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation)
        {
            operation = operation.Parent;
        }

        return operation == lambda;
    }

    /// <summary>The type, if it is that of a server: a disposable object that the launch does not detect by itself.</summary>
    private static ITypeSymbol? Server(ITypeSymbol? type, LaunchTypes types) =>
        type is { IsReferenceType: true }
        && types.IsDisposable(type)
        && !types.IsHost(type)
        && !type.Is(types.Task)
        && !type.IsSame(types.Handle)
        && type.ContainingNamespace?.ToDisplayString() is not ("System.Diagnostics" or "System.IO" or "System.Net.Http")
            ? type
            : null;
}
