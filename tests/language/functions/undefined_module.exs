NoSuchModule.run()
# expect error: ** (UndefinedFunctionError) function NoSuchModule.run/0 is undefined (module NoSuchModule is not available). Make sure the module name is correct and has been specified in full (or that an alias has been defined)
