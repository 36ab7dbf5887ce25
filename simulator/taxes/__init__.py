"""taxes"""
