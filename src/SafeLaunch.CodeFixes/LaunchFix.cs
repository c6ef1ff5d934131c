using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Formatting;

namespace SafeLaunch.CodeFixes;

/// <summary>The fix of one rule: it replaces one node.</summary>
/// <param name="id">The id of the rule.</param>
internal abstract class LaunchFix(string id) : CodeFixProvider
{
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(id);

    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is { } node && this.EditOf(node, diagnostic) is { } edit)
            {
                var changed = root.ReplaceNode(edit.Old, edit.New.WithAdditionalAnnotations(Formatter.Annotation));
                context.RegisterCodeFix(CodeAction.Create(edit.Title, _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)), diagnostic.Id), diagnostic);
            }
        }
    }

    /// <summary>What is replaced; null where there is no fix.</summary>
    /// <param name="node">The node that the diagnostic is about.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    protected abstract Edit? EditOf(SyntaxNode node, Diagnostic diagnostic);
}
