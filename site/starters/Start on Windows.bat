@echo off
rem Opens the course in the browser. Needs Python; nothing is installed.
cd /d "%~dp0"
where py >nul 2>nul && (py -3 start.py & goto end)
where python >nul 2>nul && (python start.py & goto end)
echo This computer has no Python. Ask for the web address of the course instead,
echo or install Python from the Microsoft Store and double-click this file again.
:end
pause
