@echo off
rem Runs the pinned Maven on a JDK of version 25 or newer, downloading it the first time.
rem The pin, the variables that are honoured and what happens offline are as in the script mvnw beside this one.
setlocal
set "HERE=%~dp0"
call "%HERE%.mvn\find-jdk.cmd" || exit /b 1
if /i "%MVNW_VERBOSE%"=="true" echo mvnw: JAVA_HOME is %JAVA_HOME%>&2
set "MAVEN_OPTS=--sun-misc-unsafe-memory-access=allow %MAVEN_OPTS%"

for /f "usebackq eol=# tokens=1,* delims==" %%a in ("%HERE%.mvn\wrapper\maven-wrapper.properties") do (
  if "%%a"=="mavenVersion" set "VERSION=%%b"
  if "%%a"=="distributionSha512Sum" set "SHA512=%%b"
  if "%%a"=="distributionUrl" set "URL=%%b"
)
if defined MVNW_REPOURL set "URL=%MVNW_REPOURL%/org/apache/maven/apache-maven/%VERSION%/apache-maven-%VERSION%-bin.zip"
if not defined MAVEN_USER_HOME set "MAVEN_USER_HOME=%USERPROFILE%\.m2"
set "DIST=%MAVEN_USER_HOME%\wrapper\dists\apache-maven-%VERSION%\%SHA512:~0,12%"
set "MVN=%DIST%\bin\mvn.cmd"
if exist "%MVN%" goto run

"%JAVA_HOME%\bin\java.exe" -XX:TieredStopAtLevel=1 "%HERE%.mvn\wrapper\FetchMaven.java" "%URL%" "%SHA512%" "%DIST%"
if errorlevel 3 goto offline
if errorlevel 1 exit /b 1
goto run

:offline
set "FOUND="
for /f "tokens=3" %%v in ('mvn.cmd -v 2^>nul ^| findstr /c:"Apache Maven "') do set "FOUND=%%v"
for /f "tokens=1,2 delims=." %%a in ("%FOUND%") do set /a "RANK=%%a * 100 + %%b"
if not defined RANK set "RANK=0"
if %RANK% lss 308 (
  echo mvnw: Maven %VERSION% cannot be fetched from %URL%: set MVNW_REPOURL to a Maven repository that you can reach, or put Maven 3.8 or newer on the PATH.>&2
  exit /b 1
)
echo mvnw: Maven %VERSION% cannot be fetched from %URL%; using Maven %FOUND% of the PATH.>&2
set "MVN=mvn.cmd"

:run
set "MVNW_USERNAME="
set "MVNW_PASSWORD="
call "%MVN%" %*
exit /b %ERRORLEVEL%
