using System.Diagnostics;
using NUnit.Framework.Api;
using NUnit.Framework.Internal;
using SafeLaunch.Tests;

// Runs the tests of this program, all or those whose full name has the argument in it, and says what became of them.
var filter = args is [var part] ? TestFilter.FromXml($"<filter><test re='1'>{part}</test></filter>") : TestFilter.Empty;
var runner = new NUnitTestAssemblyRunner(new DefaultTestAssemblyBuilder());
runner.Load(typeof(Reporter).Assembly, new Dictionary<string, object>());
var result = runner.Run(new Reporter(), filter);
Console.WriteLine($"passed {result.PassCount}, failed {result.FailCount}, skipped {result.SkipCount}");
Console.Out.Flush();

// To exit would wait for the threads that some tests leave behind on purpose: Mono cannot end threads that ignore every request.
Process.GetCurrentProcess().Kill();
