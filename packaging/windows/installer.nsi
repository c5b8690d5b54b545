; The Windows installer: for one account, without administrator's rights. `setup.exe /S` installs silently, /D=FOLDER, as the last one, elsewhere.
; The data of the office lies apart from the program and is never touched, neither by an update nor by the uninstaller.
;
;     makensis -DVERSION=0.1.0 -DNUMBERS=0.1.0.0 -DEXE=… -DICO=… -DLICENSE=… -DTHIRD=… -DGUIDE=… -DOUT=… installer.nsi

Unicode true
Target amd64-unicode
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

!define APP "Clientele"
!define ID "app.clientele.Clientele"
!define AUTHORS "The Clientele authors"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"

Name "${APP}"
OutFile "${OUT}"
SetCompressor /SOLID lzma
SetDateSave off
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${APP}"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "${APP} ${VERSION}"
ManifestDPIAware true
VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "${APP}"
VIAddVersionKey "CompanyName" "${AUTHORS}"
VIAddVersionKey "FileDescription" "${APP} installer"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "${AUTHORS}"

!define MUI_ICON "${ICO}"
!define MUI_UNICON "${ICO}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\clientele.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

; A program that runs cannot be overwritten or removed: whoever looks on is asked to close it, and a silent installation fails.
!macro NOT_RUNNING
  ${Do}
    ClearErrors
    ${IfNot} ${FileExists} "$INSTDIR\clientele.exe"
      ${ExitDo}
    ${EndIf}
    FileOpen $0 "$INSTDIR\clientele.exe" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    ${If} ${Silent}
      SetErrorLevel 2
      Quit
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${APP} is running. Close it, then try again." IDRETRY +2
    Quit
  ${Loop}
!macroend

Section "Install"
  SetShellVarContext current
  !insertmacro NOT_RUNNING
  SetOutPath "$INSTDIR"
  File "/oname=clientele.exe" "${EXE}"
  File "/oname=LICENSE.txt" "${LICENSE}"
  File "/oname=third-party.txt" "${THIRD}"
  SetOutPath "$INSTDIR\guide\screens"
  File "${GUIDE}/screens/*.png"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${APP}.lnk" "$INSTDIR\clientele.exe"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${APP}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${AUTHORS}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\clientele.exe"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
SectionEnd

Section "Uninstall"
  SetShellVarContext current
  !insertmacro NOT_RUNNING
  Delete "$SMPROGRAMS\${APP}.lnk"
  Delete "$INSTDIR\clientele.exe"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\third-party.txt"
  Delete "$INSTDIR\uninstall.exe"
  Delete "$INSTDIR\guide\screens\*.png"
  RMDir "$INSTDIR\guide\screens"
  RMDir "$INSTDIR\guide"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
