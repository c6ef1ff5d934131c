using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace SafeLaunch.Analyzers.Rules;

/// <summary>SL0001: a thread, a task or an AsyncContextThread runs a host.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class HostOnRawThreadAnalyzer : LaunchRule
{
    /// <summary>The property of a diagnostic which says that the delegate is a method without parameters; absent for any other delegate.</summary>
    public const string MethodWithoutParameters = nameof(MethodWithoutParameters);

    /// <summary>The property of a diagnostic that has the place of the delegate in the list of arguments.</summary>
    public const string PlaceOfDelegate = nameof(PlaceOfDelegate);

    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.HostOnRawThread,
        "Launch a host in place of running it on a thread",
        "'{0}' runs a host of which nobody learns whether it is ready, where it listens, and how it ends; launch it by Launcher.For",
        DiagnosticIds.Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "Code that runs a host on a thread has to find out by itself when the host is ready, has to stop it, and loses its exceptions.",
        helpLinkUri: DiagnosticIds.PageOf(DiagnosticIds.HostOnRawThread));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rule);

    protected override void Register(CompilationStartAnalysisContext context, LaunchTypes types)
    {
        var threads = RawThreads.Find(context.Compilation);
        context.RegisterOperationAction(
            operation => Analyze(operation, types, threads),
            OperationKind.Invocation,
            OperationKind.ObjectCreation);
    }

    private static void Analyze(OperationAnalysisContext context, LaunchTypes types, RawThreads threads)
    {
        if (threads.DelegateOf(context.Operation) is { } argument
            && argument.Value.Unwrapped() is var code
            && RunsHost(code, types)
            && LaunchCall.Around(context.Operation, types) is null)
        {
            var properties = ImmutableDictionary<string, string?>.Empty.Add(PlaceOfDelegate, PlaceOf(argument.Syntax));
            context.ReportDiagnostic(Diagnostic.Create(
                Rule,
                context.Operation.Syntax.GetLocation(),
                IsMethodWithoutParameters(code) ? properties.Add(MethodWithoutParameters, value: null) : properties,
                RawThreads.NameOf(context.Operation)));
        }
    }

    private static string PlaceOf(SyntaxNode argument) => argument is ArgumentSyntax { Parent: ArgumentListSyntax list } listed
        ? list.Arguments.IndexOf(listed).ToString(CultureInfo.InvariantCulture)
        : "0";

    /// <summary>Looks at the parameters of the delegate, because an extension method such as <c>host.Run</c> has one more.</summary>
    private static bool IsMethodWithoutParameters(IOperation code) =>
        code is IMethodReferenceOperation { Parent: IDelegateCreationOperation { Type: INamedTypeSymbol { DelegateInvokeMethod.Parameters.IsEmpty: true } } };

    private static bool RunsHost(IOperation code, LaunchTypes types)
    {
        if (code is IMethodReferenceOperation group && types.RunsHost(group.Method))
        {
            return true;
        }

        return DelegateBody.Of(code) is { } body && body.OwnDescendants().OfType<IInvocationOperation>().Any(
            call => types.RunsHost(call.TargetMethod) || CalledMethodRunsHost(call, types));
    }

    /// <summary>One step further, for a delegate that only calls a method of the same file.</summary>
    private static bool CalledMethodRunsHost(IInvocationOperation call, LaunchTypes types) =>
        DelegateBody.OfMethod(call.TargetMethod, call) is { } body
        && body.OwnDescendants().OfType<IInvocationOperation>().Any(inner => types.RunsHost(inner.TargetMethod));
}
