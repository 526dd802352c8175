@echo off
rem Runs the job C:\ProgramData\csvrecon\nightly.job on Windows. Put this file and csvrecon.exe into C:\Program Files\csvrecon, and
rem the job, its files and password.txt (the password is its first line) into C:\ProgramData\csvrecon. Then, as an administrator:
rem
rem   icacls C:\ProgramData\csvrecon /inheritance:r /grant Administrators:(OI)(CI)F "NT AUTHORITY\LOCAL SERVICE":(OI)(CI)M
rem   schtasks /Create /TN "csvrecon nightly" /SC DAILY /ST 02:15 /RU "NT AUTHORITY\LOCAL SERVICE" /TR "\"C:\Program Files\csvrecon\nightly.cmd\""
rem
rem The task's last result is the exit code. Away with it: schtasks /Delete /TN "csvrecon nightly" /F
cd /d "%ProgramData%\csvrecon" || exit /b 66
"%~dp0csvrecon.exe" run nightly.job --auth_pwd_file=password.txt >>nightly.log 2>&1
exit /b %ERRORLEVEL%
