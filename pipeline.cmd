@echo off
rem Event Pipeline on this machine, without Docker: pipeline up starts everything, pipeline --help says
rem what else there is. Builds what is not built; after a change of the sources run mvnw package.
setlocal
set "HERE=%~dp0"
call "%HERE%.mvn\find-jdk.cmd" || exit /b 1
set "LIB=%HERE%standalone\target\standalone\lib"
if not exist "%LIB%" goto build
if not exist "%HERE%standalone\target\standalone.jar" goto build
for %%s in (producer consumer streams connect) do if not exist "%HERE%%%s-service\target\%%s-service.jar" goto build
goto run

:build
echo Building: the first time Maven fetches what it needs, which takes some minutes.>&2
pushd "%HERE%"
call "%HERE%mvnw.cmd" -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true -pl "!system-tests,!benchmarks" package
if errorlevel 1 (
  popd
  echo The build failed.>&2
  exit /b 1
)
popd

:run
set "HOME_FOLDER=%HERE:~0,-1%"
"%JAVA_HOME%\bin\java.exe" -Xmx96m -Xss512k -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData ^
  --enable-native-access=ALL-UNNAMED ^
  "-Dpipeline.home=%HOME_FOLDER%" -cp "%HERE%standalone\target\standalone.jar;%LIB%\*" ^
  io.eventpipeline.standalone.cli.PipelineCommand %*
exit /b %ERRORLEVEL%
