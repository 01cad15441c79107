using Hub.Cli;

return await CommandLine.InvokeAsync(args);
