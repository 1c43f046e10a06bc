@rem Called by mvnw.cmd and pipeline.cmd. Sets JAVA_HOME to a JDK of version 25 or newer: JAVA_HOME itself if
@rem it is one, else the one whose javac is on the PATH, else the first that fits in the usual places. Where
@rem there is none it prints one line and ends with errorlevel 1. No JVM is started: the version is read from
@rem the JDK's own "release" file.
@set "JDK_FOUND="
@if defined JAVA_HOME call :try "%JAVA_HOME%"
@for /f "delims=" %%j in ('where javac.exe 2^>nul') do @call :try "%%~dpj.."
@for /d %%d in (
  "%ProgramFiles%\Eclipse Adoptium\jdk*"
  "%ProgramFiles%\Java\jdk*"
  "%ProgramFiles%\Microsoft\jdk*"
  "%ProgramFiles%\Amazon Corretto\jdk*"
  "%ProgramFiles%\Zulu\zulu*"
  "%ProgramFiles%\BellSoft\LibericaJDK*"
  "%LOCALAPPDATA%\Programs\Eclipse Adoptium\jdk*"
  "%USERPROFILE%\.jdks\*"
  "%USERPROFILE%\scoop\apps\*jdk*"
) do @call :try "%%~d"
@if not defined JDK_FOUND (
  echo Event Pipeline needs a JDK of version 25 or newer: install one ^(for example Eclipse Temurin 25^), or set JAVA_HOME to it.>&2
  exit /b 1
)
@set "JAVA_HOME=%JDK_FOUND%"
@set "JDK_FOUND="
@exit /b 0

:try
@if defined JDK_FOUND exit /b 0
@if not exist "%~1\bin\javac.exe" exit /b 0
@if not exist "%~1\release" exit /b 0
@set "JDK_MAJOR="
@for /f tokens^=2^ delims^=^=^"^. %%v in ('findstr /b "JAVA_VERSION=" "%~1\release"') do @set "JDK_MAJOR=%%v"
@if not defined JDK_MAJOR exit /b 0
@if %JDK_MAJOR% geq 25 set "JDK_FOUND=%~f1"
@exit /b 0
