"""days"""
