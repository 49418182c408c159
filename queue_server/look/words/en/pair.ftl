# A screen that is not paired yet: a short code, and what to do with it.
pair-title-board = This lobby screen is not paired yet
pair-title-kiosk = This ticket machine is not paired yet
pair-title-tablet = This tablet is not paired yet
pair-what = Ask a supervisor to open Devices and to type this code:
pair-left = Time left
pair-why = A code works once and changes by itself. Until a supervisor types it, this screen shows nothing of the office.
pair-begin-what = Show a code here, then ask a supervisor to type it under Devices.
pair-begin = Show a code
pair-approved = Paired. This device is now called { $label }.
pair-approved-place = Paired. This device is now called { $label }, its place is { $place }.
pair-sign-in = Staff of this branch can look at it by signing in
pair-tablet-title = Guard’s tablet
pair-tablet-lead = This tablet belongs to { $branch }.
pair-tablet-name = Name
pair-tablet-place = Place
pair-tablet-what = Sign in to begin your shift. On this tablet your PIN stands in for the code of an app.
pair-tablet-sign-in = Sign in
